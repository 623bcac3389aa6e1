// A server that speaks MongoDB's protocol, for tests: FerretDB, which keeps everything in SQLite files.
//
// MongoDB changes one document at a time, atomically. FerretDB's SQLite backend reads, changes and writes without a
// lock: of two hundred `$inc` at once a handful survive. So commands are handed to it one after the other here,
// and tests find the guarantee that they would find in production.
package main

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"flag"
	"io"
	"log"
	"net"
	"os"
	"os/signal"
	"path/filepath"
	"sync"
	"syscall"

	"github.com/FerretDB/FerretDB/ferretdb"
)

// https://www.mongodb.com/docs/manual/reference/limits/: messages are at most 48 MB.
const largestMessage = 48_000_000

var oneAtATime sync.Mutex

func main() {
	addr := flag.String("addr", "127.0.0.1:0", "where to listen")
	dir := flag.String("dir", "", "where everything is kept")
	flag.Parse()
	socket := filepath.Join(*dir, "ferretdb.sock")
	_ = os.Remove(socket) // left behind by one that was killed

	server, err := ferretdb.New(&ferretdb.Config{
		Listener:  ferretdb.ListenerConfig{Unix: socket},
		Handler:   "sqlite",
		SQLiteURL: "file:" + *dir + "/",
	})
	if err != nil {
		log.Fatal(err)
	}
	listener, err := net.Listen("tcp", *addr)
	if err != nil {
		log.Fatal(err)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	go accept(listener, socket)
	os.Stdout.WriteString("mongodb://" + listener.Addr().String() + "/\n")
	if err := server.Run(ctx); err != nil {
		log.Fatal(err)
	}
}

func accept(listener net.Listener, socket string) {
	for {
		client, err := listener.Accept()
		if err != nil {
			return
		}
		go func() {
			defer client.Close()
			backend, err := net.Dial("unix", socket)
			if err != nil {
				return
			}
			defer backend.Close()
			serve(client, backend)
		}()
	}
}

// One command and its answer at a time, over all connections.
func serve(client, backend net.Conn) {
	fromClient, fromBackend := bufio.NewReader(client), bufio.NewReader(backend)
	for {
		command, err := read(fromClient)
		if err != nil {
			return
		}
		answer, err := exchange(command, backend, fromBackend)
		if err != nil {
			return
		}
		if _, err := client.Write(answer); err != nil {
			return
		}
	}
}

func exchange(command []byte, backend net.Conn, fromBackend *bufio.Reader) ([]byte, error) {
	oneAtATime.Lock()
	defer oneAtATime.Unlock()
	if _, err := backend.Write(command); err != nil {
		return nil, err
	}
	return read(fromBackend)
}

// A message begins with its length, 32 bits, little-endian:
// https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/
func read(from *bufio.Reader) ([]byte, error) {
	head, err := from.Peek(4)
	if err != nil {
		return nil, err
	}
	length := binary.LittleEndian.Uint32(head)
	if length < 16 || length > largestMessage {
		return nil, errors.New("no message")
	}
	message := make([]byte, length)
	_, err = io.ReadFull(from, message)
	return message, err
}
