// What html-validate holds our pages to: its own recommendation, and each difference for a
// reason.
export default {
    root: true,
    extends: ["html-validate:recommended"],
    rules: {
        // As all of our markup is written.
        "doctype-style": ["error", { style: "lowercase" }],
        // In a narrow window rows become cards by `display: block`, and browsers then forget
        // that it is a table, unless its roles are written down.
        "no-redundant-role": "off",
        // Boxes of one question share its name; what is ticked is a list.
        "form-dup-name": ["error", { shared: ["radio", "button", "reset", "submit", "checkbox"] }],
        // Without a script nothing else shows a code to somebody who waits for it. A link beside
        // it leads to the same page; `tests/browser/facts.rs` looks for that.
        "meta-refresh": "off",
    },
};
