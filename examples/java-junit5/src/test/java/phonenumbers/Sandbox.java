package phonenumbers;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.UUID;

/** What one test talks to. */
record Sandbox(String emulatorUrl, String name) {
    Sandbox(String emulatorUrl) {
        this(emulatorUrl, UUID.randomUUID().toString());
    }

    /** A client that waits by winding on the clock of its sandbox, so that no test sleeps. */
    PhoneNumbers client() {
        return new PhoneNumbers(url(), "d0c0ffeed0c0ffeed0c0ffeed0c0ffee", "my-token",
                duration -> admin("clock/advance", "{\"seconds\": " + duration.toSeconds() + "}"));
    }

    String url() {
        return emulatorUrl + "/sandboxes/" + name;
    }

    /** Calls the admin API of the sandbox. */
    JsonObject admin(String path, String body) {
        return JsonParser.parseString(Emulator.send("POST", url() + "/__admin/" + path, body)).getAsJsonObject();
    }

    void printLastRequests(String test) {
        System.out.println("\nLast requests of " + test + ", newest first:");
        for (var element : Emulator.read(url() + "/__admin/requests?limit=5").getAsJsonArray("requests")) {
            var entry = element.getAsJsonObject();
            var request = entry.getAsJsonObject("request");
            System.out.println("  " + request.get("method").getAsString() + " " + request.get("url").getAsString() + " -> "
                    + entry.getAsJsonObject("response").get("status") + " " + entry.get("outcome").getAsString());
        }
    }

    void drop() {
        Emulator.send("DELETE", emulatorUrl + "/__admin/sandboxes/" + name, "");
    }
}
