package phonenumbers;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A small client of the Phone Number API. */
public final class PhoneNumbers {
    private static final int TRIES = 3;

    private final HttpClient http = HttpClient.newHttpClient();
    private final String baseUrl;
    private final String account;
    private final String token;
    private final Consumer<Duration> sleep;

    /** @param sleep waits before a call is repeated that was answered with 503 */
    public PhoneNumbers(String baseUrl, String account, String token, Consumer<Duration> sleep) {
        this.baseUrl = baseUrl;
        this.account = account;
        this.token = token;
        this.sleep = sleep;
    }

    public List<String> search(String prefix, int quantity) {
        var found = call("GET", "/v2/phone_numbers?prefix=" + encode(prefix) + "&quantity=" + quantity, null);
        List<String> numbers = new ArrayList<>();
        for (JsonElement entry : found.getAsJsonArray("data")) {
            numbers.add(entry.getAsJsonObject().get("number").getAsString());
        }
        return numbers;
    }

    public JsonObject buy(String number) {
        return call("PUT", path(number) + "/activate", null).getAsJsonObject("data");
    }

    /** All numbers of the account, page by page. */
    public Map<String, JsonElement> list() {
        Map<String, JsonElement> numbers = new HashMap<>();
        String query = "";
        while (true) {
            var page = call("GET", path() + query, null);
            numbers.putAll(page.getAsJsonObject("data").getAsJsonObject("numbers").asMap());
            if (!page.has("next_start_key")) return numbers;
            query = "?start_key=" + encode(page.get("next_start_key").getAsString());
        }
    }

    public JsonObject release(String number) {
        return call("DELETE", path(number), null).getAsJsonObject("data");
    }

    public JsonObject setE911(String number, JsonObject address) {
        var data = new JsonObject();
        data.add("e911", address);
        var body = new JsonObject();
        body.add("data", data);
        return call("POST", path(number), body).getAsJsonObject("data");
    }

    private String path() {
        return "/v2/accounts/" + account + "/phone_numbers";
    }

    private String path(String number) {
        return path() + "/" + encode(number);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private JsonObject call(String method, String path, JsonObject body) {
        var request = HttpRequest.newBuilder(URI.create(baseUrl + path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()))
                .header("X-Auth-Token", token)
                .header("Content-Type", "application/json")
                .build();
        var response = send(request);
        for (int tries = 1; response.statusCode() == 503 && tries < TRIES; tries++) {
            sleep.accept(Duration.ofSeconds(response.headers().firstValueAsLong("Retry-After").orElse(1)));
            response = send(request);
        }
        var answer = JsonParser.parseString(response.body()).getAsJsonObject();
        if (response.statusCode() < 300) return answer;
        if (answer.get("message").getAsString().equals("multiple_choice")) {
            throw new ApiException.MultipleChoices(response.statusCode(), answer);
        }
        throw new ApiException(response.statusCode(), answer);
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        } catch (InterruptedException error) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(error);
        }
    }
}
