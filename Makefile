# Names for the commands; the work is done by ./hub and Maven.
.PHONY: start test build stop status format bench-start

start build test stop status bench-start:
	@./hub $@

format:
	mvn -B -q spotless:apply
