package org.quantumhub.shared.rest;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.Ids;
import org.quantumhub.shared.ProblemCode;

/// The error page of the server: what fails before or beside the REST API leaves as a problem document too.
@WebServlet(name = "problem", urlPatterns = "/problem")
public class ProblemPage extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
                ? code
                : HttpServletResponse.SC_NOT_FOUND;
        String requestId = RequestIds.of(request);
        if (requestId.equals("-")) {
            requestId = Ids.next().toString();
        }
        ProblemCode code = ProblemMapper.codeOf(status);
        Problem problem = Problem.of(new HubException(code, code.title() + "."), requestId);
        response.setStatus(problem.status());
        response.setContentType(Problem.MEDIA_TYPE);
        response.setCharacterEncoding("UTF-8");
        response.setHeader(RequestIds.HEADER, requestId);
        response.getWriter().write(problem.json());
    }
}
