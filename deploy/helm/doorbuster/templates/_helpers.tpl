{{- define "doorbuster.selector" -}}
app.kubernetes.io/name: doorbuster
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}
{{- define "doorbuster.labels" -}}
{{ include "doorbuster.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end }}
{{- define "doorbuster.image" -}}
{{ .Values.image.repository }}{{ if .Values.image.digest }}@{{ .Values.image.digest }}{{ else }}:{{ .Values.image.tag | default .Chart.AppVersion }}{{ end }}
{{- end }}
