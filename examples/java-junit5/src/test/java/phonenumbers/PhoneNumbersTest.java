package phonenumbers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import phonenumbers.ApiException.MultipleChoices;

@ExtendWith(EmulatorExtension.class)
class PhoneNumbersTest {
    @Test
    void aNumberThatIBuyIsListedUntilIReleaseIt(Sandbox sandbox) {
        var client = sandbox.client();
        var number = client.search("415", 1).get(0);
        assertEquals("in_service", client.buy(number).get("state").getAsString());
        assertTrue(client.list().containsKey(number));
        client.release(number);
        assertFalse(client.list().containsKey(number));
    }

    @Test
    void aPurchaseSurvivesAServiceThatIsDownForAMoment(Sandbox sandbox) {
        var client = sandbox.client();
        var number = client.search("415", 1).get(0);
        sandbox.admin("faults", "{\"operation\": \"buy\", \"status\": 503, \"times\": 1}");
        assertEquals("in_service", client.buy(number).get("state").getAsString());
        assertEquals(2, sandbox.admin("requests/count", "{\"operation\": \"buy\"}").get("count").getAsInt());
    }

    @Test
    void anAddressThatFitsSeveralPlacesIsSetByChoosingOne(Sandbox sandbox) {
        var client = sandbox.client();
        var number = client.search("415", 1).get(0);
        client.buy(number);
        var address = new JsonObject();
        address.addProperty("caller_name", "Ada Example");
        address.addProperty("street_address", "911 MULTIPLE TEST ST");
        address.addProperty("locality", "SAN FRANCISCO");
        address.addProperty("region", "CA");
        address.addProperty("postal_code", "94105");
        var refused = assertThrows(MultipleChoices.class, () -> client.setE911(number, address));
        var chosen = refused.choices().get(0);
        chosen.addProperty("caller_name", "Ada Example");
        var features = client.setE911(number, chosen).getAsJsonArray("features");
        assertTrue(features.contains(new JsonPrimitive("e911")));
    }

    @Test
    void whatOneTestBuysNoOtherTestSees(Sandbox sandbox) {
        var mine = sandbox.client();
        var other = new Sandbox(sandbox.emulatorUrl()).client();
        var number = mine.search("415", 1).get(0);
        assertEquals(number, other.search("415", 1).get(0));
        mine.buy(number);
        assertFalse(other.list().containsKey(number));
        assertEquals("in_service", other.buy(number).get("state").getAsString());
    }
}
