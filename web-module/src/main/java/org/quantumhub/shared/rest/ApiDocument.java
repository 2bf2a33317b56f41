package org.quantumhub.shared.rest;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.jspecify.annotations.Nullable;

/// Makes the document about the API the same at every start. The scanner numbers a record that it meets on two ways,
/// and
/// meets it on the second or not as it happens to go.
public final class ApiDocument implements OASFilter {

    private static final Pattern NUMBERED = Pattern.compile("(#/components/schemas/)?([A-Za-z]+)\\d+");

    @Override
    public Schema filterSchema(Schema schema) {
        String reference = schema.getRef();
        if (reference != null) {
            Matcher numbered = NUMBERED.matcher(reference);
            if (numbered.matches()) {
                schema.setRef(numbered.group(1) + numbered.group(2));
            }
        }
        return schema;
    }

    @Override
    public void filterOpenAPI(OpenAPI api) {
        if (api.getComponents() == null) {
            return;
        }
        Map<String, Schema> schemas = api.getComponents().getSchemas();
        schemas.keySet().stream()
                .filter(name -> isNumberOf(name, schemas))
                .toList()
                .forEach(api.getComponents()::removeSchema);
    }

    private static boolean isNumberOf(String name, Map<String, @Nullable Schema> schemas) {
        Matcher numbered = NUMBERED.matcher(name);
        return numbered.matches() && schemas.containsKey(numbered.group(2));
    }
}
