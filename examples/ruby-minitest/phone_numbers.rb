require 'json'
require 'net/http'

# A small client of the Phone Number API.
class PhoneNumbers
  # An answer that is no success.
  class Error < StandardError
    attr_reader :status, :data

    def initialize(status, answer)
      super("#{status} #{answer['message']}")
      @status = status
      @data = answer['data']
    end
  end

  # The address fits several places.
  class MultipleChoices < Error
    def choices = data['multiple_choice']['e911']['details']
  end

  def initialize(base_url, account:, token:, sleep: Kernel.method(:sleep))
    @base_url = base_url
    @account = account
    @token = token
    @sleep = sleep
  end

  def search(prefix, quantity: 1)
    call(:get, '/v2/phone_numbers', query: { prefix:, quantity: })['data'].map { _1['number'] }
  end

  def buy(number) = call(:put, "#{path(number)}/activate")['data']

  def list
    numbers = {}
    query = {}
    loop do
      page = call(:get, path, query:)
      numbers.merge!(page['data']['numbers'])
      return numbers unless page['next_start_key']

      query = { start_key: page['next_start_key'] }
    end
  end

  def release(number) = call(:delete, path(number))['data']

  def set_e911(number, address)
    call(:post, path(number), body: { data: { e911: address } })['data']
  end

  private

  def path(number = nil)
    ["/v2/accounts/#{@account}/phone_numbers", number && URI.encode_www_form_component(number)].compact.join('/')
  end

  def call(method, path, query: {}, body: nil, tries_left: 2)
    uri = URI(@base_url + path)
    uri.query = URI.encode_www_form(query) unless query.empty?
    request = Net::HTTP.const_get(method.capitalize).new(uri, 'X-Auth-Token' => @token, 'Content-Type' => 'application/json')
    request.body = body.to_json if body
    response = Net::HTTP.start(uri.host, uri.port, use_ssl: uri.scheme == 'https') { _1.request(request) }
    answer = JSON.parse(response.body)
    return answer if response.is_a?(Net::HTTPSuccess)

    if response.code == '503' && tries_left.positive?
      @sleep.call(response['Retry-After'].to_i)
      return call(method, path, query:, body:, tries_left: tries_left - 1)
    end
    raise (answer['message'] == 'multiple_choice' ? MultipleChoices : Error).new(response.code.to_i, answer)
  end
end
