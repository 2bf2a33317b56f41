package org.quantumhub.team;

/// Something that must not be seen: its text comes out by [#reveal] alone. Neither a record nor a bean, so that nothing
/// prints, compares or serialises it by accident.
public final class Secret {

    private final String text;

    public Secret(String text) {
        this.text = text;
    }

    /// The text itself. Hand it to whom it is for, and keep it nowhere.
    public String reveal() {
        return text;
    }

    /// A message without the text, should somebody have put it in.
    public String cutFrom(String message) {
        return text.isEmpty() ? message : message.replace(text, "***");
    }

    @Override
    public String toString() {
        return "***";
    }
}
