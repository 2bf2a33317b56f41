Quantum Hub: ${title}
Hello,

${message}

${link}

You get this mail because you are an owner or admin of the team. Notifications on "${topic}" can be changed with
PUT /api/v1/notifications/preferences/${topic}.
