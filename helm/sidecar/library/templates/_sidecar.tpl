{{/* A container for the initContainers of a broker's pod. Under mqExporter, the values of the chart that includes it may say more. */}}
{{- define "mq-exporter.sidecar.container" -}}
{{- $values := .Values.mqExporter | default dict -}}
name: mq-exporter
image: {{ $values.image | default "mq-exporter:0.1.0-SNAPSHOT" }}
restartPolicy: Always
args: [--config.file=/etc/mq-exporter/config/mq-exporter.yaml]
{{- with $values.env }}
env:
  {{- toYaml . | nindent 2 }}
{{- end }}
ports: [{name: mq-exporter, containerPort: 19090}]
startupProbe: {httpGet: {path: /-/healthy, port: mq-exporter}, periodSeconds: 1, failureThreshold: 60}
livenessProbe: {httpGet: {path: /-/healthy, port: mq-exporter}, timeoutSeconds: 2}
resources:
  {{- $values.resources | default (dict "requests" (dict "cpu" "50m" "memory" "256Mi") "limits" (dict "memory" "256Mi")) | toYaml | nindent 2 }}
securityContext:
  runAsNonRoot: true
  runAsUser: 65532
  readOnlyRootFilesystem: true
  allowPrivilegeEscalation: false
  capabilities: {drop: [ALL]}
  seccompProfile: {type: RuntimeDefault}
volumeMounts:
  - {name: mq-exporter-config, mountPath: /etc/mq-exporter/config, readOnly: true}
  {{- range $index, $secret := $values.secrets }}
  - {name: mq-exporter-secret-{{ $index }}, mountPath: /etc/mq-exporter/secrets/{{ $secret }}, readOnly: true}
  {{- end }}
  - {name: mq-exporter-tmp, mountPath: /tmp}
{{- end -}}

{{/* What it mounts, for the volumes of the pod. */}}
{{- define "mq-exporter.sidecar.volumes" -}}
{{- $values := .Values.mqExporter | default dict -}}
- {name: mq-exporter-config, configMap: {name: {{ $values.configMap | default "mq-exporter-sidecar" }}}}
{{- range $index, $secret := $values.secrets }}
- {name: mq-exporter-secret-{{ $index }}, secret: {secretName: {{ $secret }}}}
{{- end }}
- {name: mq-exporter-tmp, emptyDir: {sizeLimit: 32Mi}}
{{- end -}}
