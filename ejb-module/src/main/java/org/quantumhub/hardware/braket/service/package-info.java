/// Amazon Braket, by the AWS SDK: orders, states, results from S3, and the catalogue.
@NullMarked
package org.quantumhub.hardware.braket.service;

import org.jspecify.annotations.NullMarked;
