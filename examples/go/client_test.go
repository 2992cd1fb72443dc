package phonenumbers

import (
	"errors"
	"testing"
)

func TestANumberThatIBuyIsListedUntilIReleaseIt(t *testing.T) {
	t.Parallel()
	client := newClient(t)
	number := buy(t, client)
	if !isListed(t, client, number) {
		t.Fatalf("%s is not listed", number)
	}
	if err := client.Release(number); err != nil {
		t.Fatal(err)
	}
	if isListed(t, client, number) {
		t.Fatalf("%s is still listed", number)
	}
}

func TestAPurchaseSurvivesAServiceThatIsDownForAMoment(t *testing.T) {
	t.Parallel()
	client := newClient(t)
	admin(t, client, "POST", "faults", map[string]any{"operation": "buy", "status": 503, "times": 1})
	buy(t, client)
	if got := admin(t, client, "POST", "requests/count", map[string]any{"operation": "buy"}); got != `{"count":2}` {
		t.Fatalf("the client sent %s purchases", got)
	}
}

func TestAnAddressThatFitsSeveralPlacesIsSetByChoosingOne(t *testing.T) {
	t.Parallel()
	client := newClient(t)
	number := buy(t, client)
	address := Address{"Ada Example", "911 MULTIPLE TEST ST", "", "SAN FRANCISCO", "CA", "94105"}
	_, err := client.SetE911(number, address)
	var refused *Error
	if !errors.As(err, &refused) || len(refused.Choices) != 2 {
		t.Fatalf("no choice of two: %v", err)
	}
	chosen := refused.Choices[0]
	chosen.CallerName = address.CallerName
	changed, err := client.SetE911(number, chosen)
	if err != nil || len(changed.Features) != 1 || changed.Features[0] != "e911" {
		t.Fatalf("not set: %v %v", changed, err)
	}
}

func TestWhatOneTestBuysNoOtherTestSees(t *testing.T) {
	t.Parallel()
	mine, other := newClient(t), newClient(t)
	number := buy(t, mine)
	if isListed(t, other, number) {
		t.Fatalf("%s is listed in the other sandbox", number)
	}
	if same := buy(t, other); same != number {
		t.Fatalf("the other sandbox sold %s, not %s", same, number)
	}
}

// buy buys the first number that a search finds.
func buy(t *testing.T, client *Client) string {
	t.Helper()
	found, err := client.Search("415")
	if err != nil || len(found) != 1 {
		t.Fatalf("found %v: %v", found, err)
	}
	bought, err := client.Buy(found[0])
	if err != nil || bought.State != "in_service" {
		t.Fatalf("not bought: %v %v", bought, err)
	}
	return found[0]
}

func isListed(t *testing.T, client *Client, number string) bool {
	t.Helper()
	numbers, err := client.List()
	if err != nil {
		t.Fatal(err)
	}
	_, listed := numbers[number]
	return listed
}
