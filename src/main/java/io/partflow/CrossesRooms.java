package io.partflow;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// An exception from the direction of the rooms, asked for by the class that needs it.
///
/// The architecture test lets the annotated class, and the classes nested in it, use the packages named in [#to()],
/// and only those. Immutable; read from class files alone.
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface CrossesRooms {

    /// The packages, each with its sub-packages, that the class may use although its room may not. Never empty.
    String[] to();

    /// Why the direction cannot be kept here. Never blank.
    String reason();
}
