require 'json'
require 'minitest/autorun'
require 'net/http'
require 'securerandom'
require_relative 'phone_numbers'

# Starts an emulator, or joins the one at ONEUC_EMULATOR_URL, and ends with the contract report.
module Emulator
  def self.start
    return ENV['ONEUC_EMULATOR_URL'] if ENV['ONEUC_EMULATOR_URL']

    @process = IO.popen(%w[oneuc-emulator --port 0 --json])
    JSON.parse(@process.gets)['url']
  end

  def self.stop
    return unless @process

    Process.kill(:TERM, @process.pid)
    @process.close
  end

  def self.gate
    contract = "#{URL}/__admin/contract?sandboxes=all"
    puts '', Net::HTTP.get(URI("#{contract}&format=text"))
    asked = %w[true 1].include?(ENV['ONEUC_EMULATOR_FAIL_ON_WARNING'])
    warnings = JSON.parse(Net::HTTP.get(URI(contract)))['summary']['warnings']
    abort 'FAILED: requests differ from the document, see the warnings above' if asked && warnings.positive?
  ensure
    stop
  end

  URL = start
  Minitest.after_run { gate }
end

# A test with a sandbox of its own, whose last requests are printed if the test fails.
class SandboxTest < Minitest::Test
  def setup
    @name = SecureRandom.hex
    @sandbox = "#{Emulator::URL}/sandboxes/#{@name}"
    @client = client(@sandbox)
  end

  def teardown
    print_last_requests unless passed?
    uri = URI("#{Emulator::URL}/__admin/sandboxes/#{@name}")
    Net::HTTP.start(uri.host, uri.port) { _1.delete(uri.path) }
  end

  # The client waits by winding on the clock of its sandbox, so no test sleeps.
  def client(base_url)
    PhoneNumbers.new(base_url, account: 'd0c0ffeed0c0ffeed0c0ffeed0c0ffee', token: 'my-token',
                               sleep: ->(seconds) { admin('clock/advance', seconds:) })
  end

  def admin(path, body)
    answer = Net::HTTP.post(URI("#{@sandbox}/__admin/#{path}"), body.to_json)
    raise answer.body unless answer.is_a?(Net::HTTPSuccess)

    JSON.parse(answer.body)
  end

  def print_last_requests
    puts '', "Last requests of #{name}, newest first:"
    JSON.parse(Net::HTTP.get(URI("#{@sandbox}/__admin/requests?limit=5")))['requests'].each do |entry|
      request, response = entry.values_at('request', 'response')
      puts "  #{request['method']} #{request['url']} -> #{response['status']} #{entry['outcome']}"
    end
  end
end
