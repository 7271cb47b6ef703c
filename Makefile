# The few commands of daily work. Each needs only a JDK 25 and Maven; tests and demo install the rest.
.PHONY: help chart image dashboards pictures soak build test demo bench check-rules format metrics-doc clean
.DEFAULT_GOAL := help

JDK = JAVA_HOME="$$(src/test/bin/jdk-home)" || exit 1; export JAVA_HOME;
MVN = mvn --batch-mode
# What takes minutes to fetch, and the tests would wait for; they fetch what is not there by then, and say why they cannot.
FETCH = { src/test/bin/install-suite trixie sid; src/test/bin/image-packages amd64; src/test/bin/image-packages arm64; } >/dev/null

help: ## Show the commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 20

build: ## Compile, check and package: exporter/target/mq-exporter.jar beside lib/
	@$(JDK) $(MVN) package -DskipTests && src/test/bin/archive-classes

test: ## Run every test, on real brokers
	@$(JDK) src/test/bin/install-parts rabbitmq-server prometheus prometheus-alertmanager python3-prometheus-client nginx-light curl logrotate debootstrap && \
	  { $(FETCH) & $(MVN) clean verify; status=$$?; wait; exit $$status; }

metrics-doc: ## Write METRICS.md from the catalogues
	@$(JDK) $(MVN) -q -pl :mq-exporter-system-tests -am verify -DskipITs -Dtest=MetricsDocumentTest -Dupdate \
	  -Dsurefire.failIfNoSpecifiedTests=false

dashboards: ## Write dashboards/*.json from the code
	@$(JDK) $(MVN) -q -pl :mq-exporter-system-tests -am verify -DskipITs -Dtest=DashboardsTest -Dupdate \
	  -Dsurefire.failIfNoSpecifiedTests=false

chart: ## Write the chart's README, schema and reviewed renders anew
	@$(JDK) $(MVN) -q -pl :mq-exporter-system-tests -am verify -DskipITs -Dtest='ChartFilesTest,ChartTest' -Dupdate \
	  -Dsurefire.failIfNoSpecifiedTests=false

image: ## Write the container images without an engine: target/mq-exporter-<processor>.tar
	@src/test/bin/install-parts qemu-user-static || echo "The image of the other processor goes without a cache of classes."
	@exec src/test/bin/run-main io.mqexporter.image.ImageBuild

check-rules: ## Say what is wrong in a file of alert rules: FILE=my-rules.yaml
	@src/test/bin/install-parts prometheus && src/test/bin/run-main io.mqexporter.alerts.CheckRules "$(if $(FILE),$(abspath $(FILE)))"

demo: ## Start three real brokers with a workload, the agent in front of them, and Prometheus with the alerts
	@src/test/bin/install-parts rabbitmq-server || echo "The demo goes on without RabbitMQ."
	@src/test/bin/install-parts prometheus prometheus-alertmanager || echo "The demo goes on without alerts."
	@exec src/test/bin/run-main io.mqexporter.demo.Demo

pictures: ## Draw the dashboards with the data of a demo that runs: target/pictures/*.png
	@src/test/bin/install-parts chromium && src/test/bin/run-main io.mqexporter.monitoring.Pictures

soak: ## Alerts on the real faults; the agent killed a hundred times while logs are rotated; RabbitMQ's counters through two minutes of coming and going; the other processor's image in an emulator, and the one that an engine builds; an hour of the demo's traffic, of which the healthy part must alarm nobody
	@$(JDK) src/test/bin/install-parts rabbitmq-server prometheus prometheus-alertmanager qemu-user-static buildah && $(MVN) -q -pl :mq-exporter-system-tests -am verify \
	  -Dtest=none -Dit.test=DockerfileIT,EmulatedImageIT,MonitoringIT,RuleFaultsIT,KafkaNodeFaultsIT,LongFaultsIT,RocketMqStoreFaultsIT,LogsIT,LogStorageIT,RabbitMqQueuesIT -Dlogs.rounds=100 -Dchurn.period=PT2M -Dstorage.rounds=100 -DexcludedGroups=none -Dquiet.period=PT1H -Dquiet.factor=1 -Dquiet.interval=15 \
	  -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false

bench: ## Run the benchmarks and print what they measure
	@src/test/bin/install-parts rabbitmq-server nginx-light curl && src/test/bin/install-suite sid && \
	  src/test/bin/run-main io.mqexporter.exposition.ExpositionBenchmark && \
	  src/test/bin/run-main io.mqexporter.bench.Benchmarks

format: ## Bring the code into google-java-format
	@$(JDK) $(MVN) -q -pl collectors,exporter,src/test spotless:apply

clean: ## Remove everything that was built
	@rm -rf target collectors/target exporter/target
