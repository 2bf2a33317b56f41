Choose a new password
Hello ${name},

somebody asked for a new password for your account at Quantum Hub. If it was you, open this link and
choose one:

${link}

It works once, until ${until}. If it was not you, do nothing; your password stays as it is.
