package phonenumbers

import (
	"bufio"
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"os/exec"
	"syscall"
	"testing"
	"time"
)

var emulatorURL = os.Getenv("ONEUC_EMULATOR_URL")

// TestMain starts an emulator or joins the one at ONEUC_EMULATOR_URL, and ends with the contract report.
func TestMain(m *testing.M) {
	stop := func() {}
	if emulatorURL == "" {
		emulatorURL, stop = start()
	}
	code := m.Run()
	fmt.Print(get(emulatorURL + "/__admin/contract?sandboxes=all&format=text"))
	if asked := os.Getenv("ONEUC_EMULATOR_FAIL_ON_WARNING"); code == 0 && (asked == "true" || asked == "1") {
		var report struct{ Summary struct{ Warnings int } }
		_ = json.Unmarshal([]byte(get(emulatorURL+"/__admin/contract?sandboxes=all")), &report)
		if report.Summary.Warnings > 0 {
			fmt.Println("FAIL: requests differ from the document, see the warnings above")
			code = 1
		}
	}
	stop()
	os.Exit(code)
}

func start() (address string, stop func()) {
	command := exec.Command("oneuc-emulator", "--port", "0", "--json")
	stdout, err := command.StdoutPipe()
	if err == nil {
		err = command.Start()
	}
	if err != nil {
		log.Fatal(err)
	}
	line, err := bufio.NewReader(stdout).ReadBytes('\n')
	var ready struct{ URL string }
	if err != nil || json.Unmarshal(line, &ready) != nil {
		log.Fatalf("the emulator did not start: %s", line)
	}
	return ready.URL, func() {
		_ = command.Process.Signal(syscall.SIGTERM)
		_ = command.Wait()
	}
}

// newClient returns a client with a sandbox of its own, whose last requests are logged if the test fails.
func newClient(t *testing.T) *Client {
	random := make([]byte, 8)
	_, _ = rand.Read(random)
	sandbox := hex.EncodeToString(random)
	client := &Client{BaseURL: emulatorURL + "/sandboxes/" + sandbox, Account: "d0c0ffeed0c0ffeed0c0ffeed0c0ffee", Token: "my-token"}
	// The client waits by winding on the clock of its sandbox, so no test sleeps.
	client.Sleep = func(d time.Duration) {
		admin(t, client, "POST", "clock/advance", map[string]any{"seconds": d.Seconds()})
	}
	t.Cleanup(func() {
		if t.Failed() {
			t.Log("Last requests, newest first:" + lastRequests(client))
		}
		request, _ := http.NewRequest("DELETE", emulatorURL+"/__admin/sandboxes/"+sandbox, nil)
		if response, err := http.DefaultClient.Do(request); err == nil {
			response.Body.Close()
		}
	})
	return client
}

// admin calls the admin API of the client's sandbox.
func admin(t *testing.T, client *Client, method, path string, body any) string {
	payload, _ := json.Marshal(body)
	request, _ := http.NewRequest(method, client.BaseURL+"/__admin/"+path, bytes.NewReader(payload))
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, _ := io.ReadAll(response.Body)
	if response.StatusCode >= 300 {
		t.Fatalf("%s %s: %s", method, path, text)
	}
	return string(text)
}

func lastRequests(client *Client) (lines string) {
	var journal struct {
		Requests []struct {
			Request  struct{ Method, URL string }
			Response struct{ Status int }
			Outcome  string
		}
	}
	_ = json.Unmarshal([]byte(get(client.BaseURL+"/__admin/requests?limit=5")), &journal)
	for _, entry := range journal.Requests {
		lines += fmt.Sprintf("\n%s %s -> %d %s", entry.Request.Method, entry.Request.URL, entry.Response.Status, entry.Outcome)
	}
	return lines
}

func get(address string) string {
	response, err := http.Get(address)
	if err != nil {
		log.Fatal(err)
	}
	defer response.Body.Close()
	text, _ := io.ReadAll(response.Body)
	return string(text)
}
