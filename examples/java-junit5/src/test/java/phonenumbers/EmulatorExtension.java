package phonenumbers;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives each test that has a {@link Sandbox} as a parameter one of its own, and prints its last requests if it fails. */
final class EmulatorExtension implements ParameterResolver, AfterEachCallback, AfterAllCallback {
    private static final Namespace NAMESPACE = Namespace.create(EmulatorExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == Sandbox.class;
    }

    @Override
    public Sandbox resolveParameter(ParameterContext parameter, ExtensionContext test) {
        var sandbox = new Sandbox(emulator(test).url);
        test.getStore(NAMESPACE).put(Sandbox.class, sandbox);
        return sandbox;
    }

    @Override
    public void afterEach(ExtensionContext test) {
        var sandbox = test.getStore(NAMESPACE).get(Sandbox.class, Sandbox.class);
        if (sandbox == null) return;
        if (test.getExecutionException().isPresent()) sandbox.printLastRequests(test.getDisplayName());
        sandbox.drop();
    }

    @Override
    public void afterAll(ExtensionContext tests) {
        emulator(tests).gate();
    }

    private static Emulator emulator(ExtensionContext context) {
        return context.getRoot().getStore(NAMESPACE).getOrComputeIfAbsent(Emulator.class);
    }
}
