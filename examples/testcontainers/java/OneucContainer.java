import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/** The emulator as a container of Testcontainers: {@code @Container static OneucContainer emulator = new OneucContainer("oneuc-emulator");} */
public final class OneucContainer extends GenericContainer<OneucContainer> {
    private static final int PORT = 8000;

    public OneucContainer(String image) {
        super(image);
        withExposedPorts(PORT);
        waitingFor(Wait.forHttp("/__admin/ready").forPort(PORT));
    }

    /** Base URL for the client. */
    public String url() {
        return "http://" + getHost() + ":" + getMappedPort(PORT);
    }

    /** Base URL for the client of one test. */
    public String sandbox(String name) {
        return url() + "/sandboxes/" + name;
    }
}
