package phonenumbers;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.stream.StreamSupport;

/** An answer that is no success. */
public class ApiException extends RuntimeException {
    private final int status;

    ApiException(int status, JsonObject answer) {
        super(status + " " + answer.get("message").getAsString());
        this.status = status;
    }

    public int status() {
        return status;
    }

    /** The address fits several places. */
    public static final class MultipleChoices extends ApiException {
        private final List<JsonObject> choices;

        MultipleChoices(int status, JsonObject answer) {
            super(status, answer);
            var e911 = answer.getAsJsonObject("data").getAsJsonObject("multiple_choice").getAsJsonObject("e911");
            choices = StreamSupport.stream(e911.getAsJsonArray("details").spliterator(), false)
                    .map(choice -> choice.getAsJsonObject())
                    .toList();
        }

        public List<JsonObject> choices() {
            return choices;
        }
    }
}
