// An API server with faults: /fault/NAME/… answers as the fault of that name says, and passes on to a
// real API server what the fault does not concern.
package main

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"io"
	"log"
	"net/http"
	"net/http/httputil"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// fault is what happens to requests of a method ("" = each) for a resource ("" = each).
type fault struct {
	method, resource string
	how              string // answer, later, cut, hang, reset, headers_only, garbage, goaway, huge, bomb, big_headers
	status           int
	body             []byte
	left             int // how often it still happens
}

var (
	faultLock sync.Mutex
	faults    = map[string]*fault{}
	upstream  *httputil.ReverseProxy
)

// setUpstream takes {"url", "ca", "cert", "key"} of a real API server.
func setUpstream(w http.ResponseWriter, r *http.Request) {
	var real struct{ URL, CA, Cert, Key string }
	must(0, json.NewDecoder(r.Body).Decode(&real))
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM([]byte(real.CA))
	client := must(tls.X509KeyPair([]byte(real.Cert), []byte(real.Key)))
	upstream = httputil.NewSingleHostReverseProxy(must(url.Parse(real.URL)))
	upstream.Transport = &http.Transport{
		TLSClientConfig:   &tls.Config{RootCAs: roots, Certificates: []tls.Certificate{client}},
		ForceAttemptHTTP2: true,
	}
	upstream.ErrorLog = log.New(io.Discard, "", 0) // broken off is what some faults do
	director := upstream.Director
	upstream.Director = func(r *http.Request) {
		director(r)
		r.Header.Del("Authorization") // the client certificate says who we are
	}
}

// setFault takes a fault's answer as the body, all else in the query.
func setFault(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	f := &fault{method: query.Get("method"), resource: query.Get("resource"), how: query.Get("how"), body: must(io.ReadAll(r.Body))}
	f.status, _ = strconv.Atoi(query.Get("status"))
	f.left = 1 << 30
	if times := query.Get("times"); times != "" {
		f.left = must(strconv.Atoi(times))
	}
	faultLock.Lock()
	defer faultLock.Unlock()
	faults[r.PathValue("name")] = f
}

// concerns counts, too.
func (f *fault) concerns(r *http.Request) bool {
	faultLock.Lock()
	defer faultLock.Unlock()
	is := f.left > 0 && (f.method == "" || f.method == r.Method) &&
		(f.resource == "" || slices.Contains(strings.Split(r.URL.Path, "/"), f.resource))
	if is {
		f.left--
	}
	return is
}

func serveFault(w http.ResponseWriter, r *http.Request) {
	faultLock.Lock()
	f := faults[r.PathValue("name")]
	faultLock.Unlock()
	r.URL.Path = "/" + r.PathValue("rest")
	r.URL.RawPath = ""
	if !f.concerns(r) {
		upstream.ServeHTTP(w, r)
		return
	}
	f.happen(w, r)
}

func (f *fault) happen(w http.ResponseWriter, r *http.Request) {
	switch f.how {
	case "answer", "later":
		if f.how == "later" {
			w.Header().Set("Retry-After", "1")
		}
		if f.status == 302 {
			w.Header().Set("Location", "/login")
		}
		w.WriteHeader(f.status)
		w.Write(f.body)
	case "cut": // half an answer
		w.Header().Set("Content-Length", "1000")
		w.Write(f.body)
		w.(http.Flusher).Flush()
		panic(http.ErrAbortHandler)
	case "headers_only":
		w.WriteHeader(http.StatusOK)
		w.(http.Flusher).Flush()
		panic(http.ErrAbortHandler)
	case "hang":
		<-r.Context().Done()
	case "reset":
		reset(r)
	case "goaway":
		w.Header().Set("Connection", "close")
		upstream.ServeHTTP(w, r)
	case "garbage": // HTTP/1 only
		c, _, err := w.(http.Hijacker).Hijack()
		must(c, err).Write([]byte("\x00\x01\x02 this is no HTTP\r\n\r\n"))
		c.Close()
	case "huge":
		for range 40 {
			if _, err := w.Write(make([]byte, 1<<20)); err != nil {
				return
			}
		}
	case "bomb":
		w.Header().Set("Content-Encoding", "gzip")
		w.Write(zipped(40, ""))
	case "big_headers":
		for i := range 70 {
			w.Header().Set("X-"+strconv.Itoa(i), strings.Repeat("x", 1000))
		}
	}
}
