// Proxies: http, https and socks5, each to 127.0.0.1, whatever the name that is asked for. A user
// named after a status (407) gets that status. What they see is kept for /proxied.
package main

import (
	"bufio"
	"crypto/tls"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"sort"
	"strconv"
	"strings"
	"sync"
	"syscall"
)

// journal keeps what the proxies have seen since the last look.
type journal struct {
	sync.Mutex
	text string
}

var proxied journal

func (j *journal) add(format string, args ...any) {
	j.Lock()
	defer j.Unlock()
	j.text += fmt.Sprintf(format, args...)
}

func (j *journal) take() string {
	j.Lock()
	defer j.Unlock()
	text := j.text
	j.text = ""
	return text
}

func userOf(r *http.Request) (string, string) {
	text, _ := base64.StdEncoding.DecodeString(strings.TrimPrefix(r.Header.Get("Proxy-Authorization"), "Basic "))
	user, password, _ := strings.Cut(string(text), ":")
	return user, password
}

// join carries bytes in both directions.
func join(a, b net.Conn, early io.Reader) {
	go func() { io.Copy(b, early); b.Close() }()
	io.Copy(a, b)
	a.Close()
}

func toLoopback(address string) (net.Conn, error) {
	_, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	return net.Dial("tcp", "127.0.0.1:"+port)
}

type proxy struct{ scheme string }

func (p proxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	user, password := userOf(r)
	names := []string{}
	for name := range r.Header {
		names = append(names, name)
	}
	sort.Strings(names)
	sni, client := "", ""
	if r.TLS != nil {
		sni = r.TLS.ServerName
		if len(r.TLS.PeerCertificates) > 0 {
			client = r.TLS.PeerCertificates[0].Subject.CommonName
		}
	}
	proxied.add("%s %s %s user=%s password=%s sni=%s client=%s %v\n", p.scheme, r.Method, r.RequestURI, user, password, sni, client, names)
	if status, err := strconv.Atoi(user); err == nil {
		http.Error(w, "no way through", status)
		return
	}
	if user == "silent" {
		elsewhere.add("any proxy", 1)
		<-r.Context().Done()
		return
	}
	to, err := toLoopback(r.Host)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	from, early, err := w.(http.Hijacker).Hijack()
	if err != nil {
		log.Fatal(err)
	}
	fmt.Fprint(from, "HTTP/1.1 200 Connection established\r\n\r\n")
	join(from, to, early)
}

// socks speaks just enough of SOCKS5; a password is wanted when the client offers one.
func socks(c net.Conn) {
	defer c.Close()
	in := bufio.NewReader(c)
	read := func(n byte) []byte {
		bytes := make([]byte, n)
		io.ReadFull(in, bytes)
		return bytes
	}
	user, password := "", ""
	methods := read(read(2)[1])
	if strings.IndexByte(string(methods), 2) >= 0 {
		c.Write([]byte{5, 2})
		read(1)
		user = string(read(read(1)[0]))
		password = string(read(read(1)[0]))
		if user == "407" {
			c.Write([]byte{1, 1})
			return
		}
		c.Write([]byte{1, 0})
	} else {
		c.Write([]byte{5, 0})
	}
	kind, host := read(4)[3], ""
	switch kind {
	case 1:
		host = net.IP(read(4)).String()
	case 3:
		host = string(read(read(1)[0]))
	}
	port := binary.BigEndian.Uint16(read(2))
	proxied.add("socks5 %s user=%s password=%s\n", net.JoinHostPort(host, fmt.Sprint(port)), user, password)
	to, err := net.Dial("tcp", fmt.Sprint("127.0.0.1:", port))
	if err != nil {
		c.Write([]byte{5, 5, 0, 1, 0, 0, 0, 0, 0, 0})
		return
	}
	c.Write([]byte{5, 0, 0, 1, 0, 0, 0, 0, 0, 0})
	join(c, to, in)
}

func serveProxies(secure, otherName *tls.Config) {
	for name, config := range map[string]*tls.Config{"http_proxy": nil, "https_proxy": secure, "https_proxy_of_other_name": otherName} {
		l, port := listen()
		server := &http.Server{Handler: proxy{strings.TrimSuffix(name, "_proxy")}, TLSConfig: config, ErrorLog: log.New(io.Discard, "", 0)}
		if config == nil {
			go server.Serve(l)
		} else {
			go server.ServeTLS(l, "", "")
		}
		say(name, port)
	}
	l, port := listen()
	go func() {
		for {
			go socks(must(l.Accept()))
		}
	}()
	say("socks5_proxy", port)
}

// full is a port whose queue of new connections is full: connecting to it never comes to an end.
func full() string {
	socket := must(syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM, 0))
	err := syscall.Bind(socket, &syscall.SockaddrInet4{Addr: [4]byte{127, 0, 0, 1}})
	must(0, err)
	must(0, syscall.Listen(socket, 0))
	port := must(syscall.Getsockname(socket)).(*syscall.SockaddrInet4).Port
	for range 2 { // without waiting: the first ones fill the queue
		filler := must(syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM|syscall.SOCK_NONBLOCK, 0))
		syscall.Connect(filler, &syscall.SockaddrInet4{Port: port, Addr: [4]byte{127, 0, 0, 1}})
	}
	return strconv.Itoa(port)
}
