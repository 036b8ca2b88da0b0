package io.partflow.engine.stream;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/// Copies of a class, each of which the virtual machine compiles by itself.
///
/// What a method calls is known to the compiler from what it has called so far, and that is noted per
/// method, not per object. Where all stages of a chain share one loop, every call in it has gone to several
/// places and none can be compiled into its caller; where each stage has a copy, the whole chain becomes
/// one piece of code.
public final class OwnCode {
    private OwnCode() {}

    /// The constructor of a new copy of a class; of the class itself where the virtual machine makes no
    /// copies.
    ///
    /// The class must not be named in its own fields and methods as the type of anything: where a copy says
    /// that name it means the original. It calls nothing private of other classes.
    ///
    /// @param home of a class in the same package
    /// @param template extends a class or interface by which its copies are known
    /// @param parameters of its constructor
    public static MethodHandle constructor(MethodHandles.Lookup home, Class<?> template, Class<?>... parameters) {
        MethodType type = MethodType.methodType(void.class, parameters);
        try {
            MethodHandles.Lookup copy;
            try {
                copy = home.defineHiddenClass(bytes(template), true);
            } catch (IOException | LinkageError | UnsupportedOperationException e) {
                // The same work, a little slower.
                copy = MethodHandles.privateLookupIn(template, home);
            }
            return copy.findConstructor(copy.lookupClass(), type);
        } catch (NoSuchMethodException | IllegalAccessException e) {
            throw new IllegalArgumentException(template + " cannot be made by " + home + " with " + type, e);
        }
    }

    private static byte[] bytes(Class<?> template) throws IOException {
        String name = template.getName();
        try (InputStream in = template.getResourceAsStream(name.substring(name.lastIndexOf('.') + 1) + ".class")) {
            if (in == null) {
                throw new FileNotFoundException("the class file of " + name);
            }
            return in.readAllBytes();
        }
    }
}
