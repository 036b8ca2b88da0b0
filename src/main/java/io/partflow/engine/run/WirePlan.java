package io.partflow.engine.run;

/// One wire as data. Parts that the input's types do not admit do not travel on it.
public record WirePlan(String fromNode, String fromPort, String toNode, String toPort) {
    public String from() {
        return fromNode + "." + fromPort;
    }

    public String to() {
        return toNode + "." + toPort;
    }
}
