package org.quantumhub.shared.rest;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.annotation.WebFilter;
import java.io.IOException;
import org.quantumhub.shared.service.Origin;

/// Says where the request on this thread comes from, as long as it is on this thread.
@WebFilter(urlPatterns = "/api/*", asyncSupported = true)
public class OriginFilter implements Filter {

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Origin.open(String.valueOf(request.getRemoteAddr()));
        try {
            chain.doFilter(request, response);
        } finally {
            Origin.shut();
        }
    }
}
