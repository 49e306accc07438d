package main

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"io"
	"log"
	"net/http"
	"strings"
)

// split parts a path into what the kubeconfig's server says and what the client asks for.
func split(path string) (prefix, rest string) {
	for _, start := range []string{"/version", "/api"} {
		if at := strings.Index(path, start); at >= 0 {
			return path[:at], path[at:]
		}
	}
	return "", path
}

func (r *recorder) noteOf(listener string, q *http.Request) note {
	n := note{
		Listener: listener, Via: r.via(q.RemoteAddr), Protocol: q.Proto, Host: q.Host,
		Authorization: q.Header.Get("Authorization"), Compressed: strings.Contains(q.Header.Get("Accept-Encoding"), "gzip"),
	}
	n.Prefix, _ = split(q.URL.EscapedPath())
	if q.TLS != nil {
		n.Host = strings.TrimSuffix(n.Host, ":443") // the default port need not be written
		n.SNI = strings.ToLower(q.TLS.ServerName)
		if len(q.TLS.PeerCertificates) > 0 {
			n.Certificate = q.TLS.PeerCertificates[0].Subject.CommonName
		}
	}
	for name, values := range q.Header {
		if strings.HasPrefix(name, "Impersonate-") {
			if n.Headers == nil {
				n.Headers = map[string]string{}
			}
			n.Headers[name] = strings.Join(values, " | ")
		}
	}
	return n
}

// answerTo acts as an API server for those whose token says neither stale nor denied.
func answerTo(q *http.Request) (int, any) {
	status := func(code int, reason, message string) (int, any) {
		return code, map[string]any{"kind": "Status", "apiVersion": "v1", "metadata": map[string]any{},
			"status": "Failure", "message": message, "reason": reason, "code": code}
	}
	_, path := split(q.URL.Path)
	authorization := q.Header.Get("Authorization")
	switch {
	case strings.Contains(authorization, "stale"):
		return status(http.StatusUnauthorized, "Unauthorized", "Unauthorized")
	case strings.Contains(authorization, "denied"):
		return status(http.StatusForbidden, "Forbidden", "forbidden: User \"eve\" cannot get path")
	case path == "/version":
		return http.StatusOK, map[string]string{"major": "1", "minor": "36", "gitVersion": "v1.36.0"}
	case strings.HasSuffix(path, "/selfsubjectaccessreviews"):
		return http.StatusCreated, map[string]any{"kind": "SelfSubjectAccessReview", "apiVersion": "authorization.k8s.io/v1",
			"status": map[string]any{"allowed": true}}
	}
	return status(http.StatusNotFound, "NotFound", "the server could not find the requested resource")
}

func (r *recorder) handler(listener string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		n := r.noteOf(listener, q)
		if n.Prefix == "/moved" {
			n.Answer = http.StatusFound
			r.add(n)
			http.Redirect(w, q, "/version", http.StatusFound)
			return
		}
		code, body := answerTo(q)
		n.Answer = code
		if code == http.StatusCreated || code == http.StatusNotFound {
			n.Answer = http.StatusOK // we were let in
		}
		r.add(n)
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(code)
		w.Write(must(json.Marshal(body)))
	})
}

// serveAll opens a listener for each certificate, and one without TLS. As a real API server they
// ask for a client certificate and take any; only mtls insists on one of its CA.
func (r *recorder) serveAll(c certificates) {
	roots := x509.NewCertPool()
	roots.AddCert(c.ca.cert)
	for name, certificate := range c.server {
		if name == "proxy_https" {
			continue
		}
		config := &tls.Config{
			Certificates: []tls.Certificate{certificate}, NextProtos: []string{"h2", "http/1.1"},
			ClientCAs: roots, ClientAuth: tls.RequestClientCert,
		}
		switch name {
		case "mtls":
			config.ClientAuth = tls.RequireAndVerifyClientCert
		case "http1":
			config.NextProtos = []string{"http/1.1"}
		case "tls12":
			config.MaxVersion = tls.VersionTLS12
		}
		server := &http.Server{Handler: r.handler(name), TLSConfig: config, ErrorLog: log.New(io.Discard, "", 0)}
		go server.ServeTLS(r.listen(name), "", "")
	}
	go http.Serve(r.listen("plain"), r.handler("plain"))
}
