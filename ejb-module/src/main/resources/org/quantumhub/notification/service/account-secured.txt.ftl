Your account at Quantum Hub was changed
Hello ${name},

${what}

When: ${when}

If this was not you, ask for a new password at once and tell your administrator.
