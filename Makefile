# Names for the commands; the work is done by ./hub and Maven.
.PHONY: start test test-keycloak build stop status format bench-start

start build test stop status bench-start:
	@./hub $@

# sign-in by a real Keycloak: fetches 180 MB the first time, takes minutes
test-keycloak:
	@./hub test -Pkeycloak

format:
	mvn -B -q spotless:apply
