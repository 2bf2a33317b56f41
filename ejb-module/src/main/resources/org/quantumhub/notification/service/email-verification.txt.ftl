Confirm your e-mail address
Hello ${name},

please confirm that this e-mail address is yours. Open this link:

${link}

It works once, until ${until}. If you did not register at Quantum Hub, do nothing: without the
confirmation nobody can use this address.
