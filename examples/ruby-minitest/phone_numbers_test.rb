require_relative 'test_helper'

class PhoneNumbersTest < SandboxTest
  ADDRESS = { caller_name: 'Ada Example', street_address: '911 MULTIPLE TEST ST',
              locality: 'SAN FRANCISCO', region: 'CA', postal_code: '94105' }.freeze

  def test_a_number_that_i_buy_is_listed_until_i_release_it
    number = @client.search('415').first
    assert_equal 'in_service', @client.buy(number)['state']
    assert_includes @client.list, number
    @client.release(number)
    refute_includes @client.list, number
  end

  def test_a_purchase_survives_a_service_that_is_down_for_a_moment
    number = @client.search('415').first
    admin('faults', operation: 'buy', status: 503, times: 1)
    assert_equal 'in_service', @client.buy(number)['state']
    assert_equal({ 'count' => 2 }, admin('requests/count', operation: 'buy'))
  end

  def test_an_address_that_fits_several_places_is_set_by_choosing_one
    number = @client.search('415').first
    @client.buy(number)
    refused = assert_raises(PhoneNumbers::MultipleChoices) { @client.set_e911(number, ADDRESS) }
    chosen = refused.choices.first.merge(caller_name: ADDRESS[:caller_name])
    assert_includes @client.set_e911(number, chosen)['features'], 'e911'
  end

  def test_what_one_test_buys_no_other_test_sees
    # A sandbox is nothing but another base URL.
    other = client("#{@sandbox}-2")
    number = @client.search('415').first
    assert_equal [number], other.search('415')
    @client.buy(number)
    refute_includes other.list, number
    assert_equal 'in_service', other.buy(number)['state']
  end
end
