package phonenumbers;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;

/** One for the whole run: starts an emulator, or joins the one at ONEUC_EMULATOR_URL. */
final class Emulator implements CloseableResource {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    final String url;

    Emulator() throws IOException {
        var joined = System.getenv("ONEUC_EMULATOR_URL");
        process = joined == null ? new ProcessBuilder("oneuc-emulator", "--port", "0", "--json").start() : null;
        url = joined == null ? readUrl(process) : joined;
    }

    private static String readUrl(Process process) throws IOException {
        var ready = new BufferedReader(new InputStreamReader(process.getInputStream())).readLine();
        return JsonParser.parseString(ready).getAsJsonObject().get("url").getAsString();
    }

    /** Sends a request to the admin API and returns the answer. */
    static String send(String method, String url, String body) {
        var request = HttpRequest.newBuilder(URI.create(url)).method(method, BodyPublishers.ofString(body)).build();
        try {
            var response = HTTP.send(request, BodyHandlers.ofString());
            if (response.statusCode() >= 300) throw new IllegalStateException(url + ": " + response.body());
            return response.body();
        } catch (IOException | InterruptedException error) {
            throw new IllegalStateException(url, error);
        }
    }

    static JsonObject read(String url) {
        return JsonParser.parseString(send("GET", url, "")).getAsJsonObject();
    }

    /** Prints the contract report, and fails for a request that differs from the document where that is asked for. */
    void gate() {
        var contract = url + "/__admin/contract?sandboxes=all";
        System.out.println("\n" + send("GET", contract + "&format=text", ""));
        var warnings = read(contract).getAsJsonObject("summary").get("warnings").getAsInt();
        var asked = System.getenv().getOrDefault("ONEUC_EMULATOR_FAIL_ON_WARNING", "false");
        if (List.of("true", "1").contains(asked) && warnings > 0) {
            throw new AssertionError("requests differ from the document, see the warnings above");
        }
    }

    @Override
    public void close() throws InterruptedException {
        if (process == null) return;
        process.destroy();
        process.waitFor();
    }
}
