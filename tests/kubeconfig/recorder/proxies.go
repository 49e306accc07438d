package main

import (
	"bufio"
	"crypto/tls"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"net/http"
	"strconv"
)

// dial connects to what a proxy was asked for. Only the proxies know the names: each is this
// machine, and the default ports are those of the listeners good and plain.
func (r *recorder) dial(proxy, target string) (net.Conn, error) {
	_, port, err := net.SplitHostPort(target)
	if err != nil {
		return nil, err
	}
	switch port {
	case "443":
		port = r.ports["good"]
	case "80":
		port = r.ports["plain"]
	}
	conn, err := net.Dial("tcp", "127.0.0.1:"+port)
	if err == nil {
		r.passes(proxy, conn.LocalAddr().String()) // before the server gets its first byte
	}
	return conn, err
}

func (r *recorder) join(a io.ReadWriteCloser, fromA io.Reader, b net.Conn) {
	defer r.passes("", b.LocalAddr().String()) // the port may be another's next
	go func() {
		io.Copy(b, fromA)
		b.Close()
	}()
	io.Copy(a, b)
	a.Close()
}

// httpProxy serves one connection: CONNECT, or a request in absolute form.
func (r *recorder) httpProxy(name string, conn net.Conn) {
	defer conn.Close()
	in := bufio.NewReader(conn)
	q, err := http.ReadRequest(in)
	if err != nil {
		return
	}
	n := note{Listener: name, Target: q.Method + " " + q.Host, Authorization: q.Header.Get("Proxy-Authorization")}
	if secure, ok := conn.(*tls.Conn); ok {
		state := secure.ConnectionState()
		n.SNI = state.ServerName
		if len(state.PeerCertificates) > 0 {
			n.Certificate = state.PeerCertificates[0].Subject.CommonName
		}
	}
	if q.Method != http.MethodConnect {
		n.Target = "absolute " + q.URL.Host
	}
	r.add(n)
	if q.Header.Get("Proxy-Authorization") == "" && name == "proxy_auth" {
		io.WriteString(conn, "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
		return
	}
	host := q.Host
	if q.Method != http.MethodConnect && q.URL.Port() == "" {
		host = net.JoinHostPort(q.URL.Hostname(), "80")
	}
	server, err := r.dial(name, host)
	if err != nil {
		io.WriteString(conn, "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")
		return
	}
	if q.Method == http.MethodConnect {
		io.WriteString(conn, "HTTP/1.1 200 Connection established\r\n\r\n")
	} else {
		q.Header.Set("Connection", "close")
		q.Write(server)
	}
	r.join(conn, in, server)
}

// socks reads a SOCKS5 dialogue and gives the target: `name:HOST:PORT` or `ip:HOST:PORT`.
func socks(in *bufio.Reader, conn net.Conn) (note, string, error) {
	var n note
	head := make([]byte, 2)
	if _, err := io.ReadFull(in, head); err != nil {
		return n, "", err
	}
	methods := make([]byte, head[1])
	if _, err := io.ReadFull(in, methods); err != nil {
		return n, "", err
	}
	method := byte(0)
	for _, m := range methods {
		method = max(method, m&2) // 2: user and password
	}
	conn.Write([]byte{5, method})
	text := func() string {
		size, _ := in.ReadByte()
		bytes := make([]byte, size)
		io.ReadFull(in, bytes)
		return string(bytes)
	}
	if method == 2 {
		in.ReadByte()
		n.Authorization = text()
		n.Authorization += ":" + text()
		conn.Write([]byte{1, 0})
	}
	request := make([]byte, 4)
	if _, err := io.ReadFull(in, request); err != nil {
		return n, "", err
	}
	kind, host := "ip:", ""
	switch request[3] {
	case 1, 4:
		ip := make(net.IP, map[byte]int{1: 4, 4: 16}[request[3]])
		io.ReadFull(in, ip)
		host = ip.String()
	case 3:
		kind, host = "name:", text()
	default:
		return n, "", errors.New("no address")
	}
	port := make([]byte, 2)
	_, err := io.ReadFull(in, port)
	target := net.JoinHostPort(host, strconv.Itoa(int(binary.BigEndian.Uint16(port))))
	n.Target = kind + target
	return n, target, err
}

func (r *recorder) socksProxy(name string, conn net.Conn) {
	defer conn.Close()
	in := bufio.NewReader(conn)
	n, target, err := socks(in, conn)
	if err != nil {
		return
	}
	n.Listener = name
	r.add(n)
	server, err := r.dial(name, target)
	if err != nil {
		conn.Write([]byte{5, 5, 0, 1, 0, 0, 0, 0, 0, 0})
		return
	}
	conn.Write([]byte{5, 0, 0, 1, 0, 0, 0, 0, 0, 0})
	r.join(conn, in, server)
}

func (r *recorder) proxyAll(c certificates) {
	serve := func(l net.Listener, one func(net.Conn)) {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go one(conn)
		}
	}
	for _, name := range []string{"proxy", "proxy_auth"} {
		go serve(r.listen(name), func(conn net.Conn) { r.httpProxy(name, conn) })
	}
	config := &tls.Config{Certificates: []tls.Certificate{c.server["proxy_https"]}, ClientAuth: tls.RequestClientCert}
	go serve(tls.NewListener(r.listen("proxy_https"), config), func(conn net.Conn) { r.httpProxy("proxy_https", conn) })
	go serve(r.listen("socks"), func(conn net.Conn) { r.socksProxy("socks", conn) })
}
