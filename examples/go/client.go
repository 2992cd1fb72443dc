// Package phonenumbers is a small client of the Phone Number API.
package phonenumbers

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// Client calls the API for one account.
type Client struct {
	BaseURL, Account, Token string
	// Sleep waits before a call is repeated that was answered with 503; time.Sleep in production.
	Sleep func(time.Duration)
}

// Number is a number that the account owns.
type Number struct {
	State    string   `json:"state"`
	Features []string `json:"features"`
}

// Address is what E911 needs to know.
type Address struct {
	CallerName      string `json:"caller_name,omitempty"`
	StreetAddress   string `json:"street_address"`
	ExtendedAddress string `json:"extended_address,omitempty"`
	Locality        string `json:"locality"`
	Region          string `json:"region"`
	PostalCode      string `json:"postal_code"`
}

// Error is an answer that is no success.
type Error struct {
	Status  int
	Message string
	// Choices has the addresses that an ambiguous one may mean.
	Choices []Address
}

func (e *Error) Error() string { return fmt.Sprintf("%d %s", e.Status, e.Message) }

type envelope struct {
	Data         json.RawMessage `json:"data"`
	Message      string          `json:"message"`
	NextStartKey string          `json:"next_start_key"`
}

// Search finds numbers that can be bought.
func (c *Client) Search(prefix string) ([]string, error) {
	var found []struct{ Number string }
	_, err := c.call("GET", "/v2/phone_numbers?quantity=1&prefix="+url.QueryEscape(prefix), nil, &found)
	numbers := make([]string, len(found))
	for i, entry := range found {
		numbers[i] = entry.Number
	}
	return numbers, err
}

// Buy buys a number that a search has found.
func (c *Client) Buy(number string) (bought Number, err error) {
	_, err = c.call("PUT", c.path(number)+"/activate", nil, &bought)
	return bought, err
}

// List returns all numbers of the account, page by page.
func (c *Client) List() (map[string]Number, error) {
	numbers, query := map[string]Number{}, ""
	for {
		page := struct{ Numbers map[string]Number }{}
		answer, err := c.call("GET", c.path("")+query, nil, &page)
		if err != nil {
			return nil, err
		}
		for number, entry := range page.Numbers {
			numbers[number] = entry
		}
		if answer.NextStartKey == "" {
			return numbers, nil
		}
		query = "?start_key=" + url.QueryEscape(answer.NextStartKey)
	}
}

// Release gives a number back.
func (c *Client) Release(number string) error {
	_, err := c.call("DELETE", c.path(number), nil, &Number{})
	return err
}

// SetE911 says where calls from a number come from.
func (c *Client) SetE911(number string, address Address) (changed Number, err error) {
	body := map[string]any{"data": map[string]any{"e911": address}}
	_, err = c.call("POST", c.path(number), body, &changed)
	return changed, err
}

func (c *Client) path(number string) string {
	path := "/v2/accounts/" + c.Account + "/phone_numbers"
	if number == "" {
		return path
	}
	return path + "/" + url.QueryEscape(number) // PathEscape leaves the plus as it is
}

// call sends a request, again where the service is down for a moment, and reads the data of the answer.
func (c *Client) call(method, path string, body, data any) (envelope, error) {
	var payload []byte
	if body != nil {
		payload, _ = json.Marshal(body)
	}
	for triesLeft := 2; ; triesLeft-- {
		request, err := http.NewRequest(method, c.BaseURL+path, bytes.NewReader(payload))
		if err != nil {
			return envelope{}, err
		}
		request.Header.Set("X-Auth-Token", c.Token)
		request.Header.Set("Content-Type", "application/json")
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			return envelope{}, err
		}
		var answer envelope
		err = json.NewDecoder(response.Body).Decode(&answer)
		response.Body.Close()
		if err != nil {
			return answer, err
		}
		if response.StatusCode == http.StatusServiceUnavailable && triesLeft > 0 {
			seconds, _ := strconv.Atoi(response.Header.Get("Retry-After"))
			c.Sleep(time.Duration(seconds) * time.Second)
			continue
		}
		if response.StatusCode >= 300 {
			return answer, newError(response.StatusCode, answer)
		}
		return answer, json.Unmarshal(answer.Data, data)
	}
}

func newError(status int, answer envelope) *Error {
	var data struct {
		MultipleChoice struct{ E911 struct{ Details []Address } } `json:"multiple_choice"`
	}
	_ = json.Unmarshal(answer.Data, &data) // the data of other errors has another shape
	return &Error{Status: status, Message: answer.Message, Choices: data.MultipleChoice.E911.Details}
}
