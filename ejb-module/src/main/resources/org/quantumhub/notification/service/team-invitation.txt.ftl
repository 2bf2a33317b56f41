You are asked to join a team at Quantum Hub
Hello,

you are asked to join the team "${team}" at Quantum Hub as ${role}.

Sign in under the address this mail was sent to, and accept the invitation by

POST ${link}/accept

It works once, until ${until}. If you do not know the team, do nothing.
