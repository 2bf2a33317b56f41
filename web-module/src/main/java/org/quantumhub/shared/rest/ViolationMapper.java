package org.quantumhub.shared.rest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/// Does what [ProblemMapper] does, for violated constraints: the server's own mapper, which answers with plain text, is
/// nearer to them than one for everything.
@Provider
public class ViolationMapper implements ExceptionMapper<ConstraintViolationException> {

    @Context
    HttpServletRequest request;

    @Override
    public Response toResponse(ConstraintViolationException violations) {
        return ProblemMapper.answer(violations, request);
    }
}
