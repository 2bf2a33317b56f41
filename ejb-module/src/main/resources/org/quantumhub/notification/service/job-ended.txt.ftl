Your job at Quantum Hub is ${status}
Hello,

the job ${id} on ${backend} is ${status}. It cost ${cost}.

${link}

You get this mail because the job was submitted with this address.
