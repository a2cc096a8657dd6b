import CZeroMQ

/// One ZeroMQ socket, for use by one thread at a time.
@safe
package final class Socket {
  private var pointer: UnsafeMutableRawPointer?

  init(_ pointer: UnsafeMutableRawPointer) {
    unsafe self.pointer = unsafe pointer
  }

  deinit {
    close()
  }

  /// Closes the socket; what it holds lingers.
  func close() {
    if let open = unsafe pointer { unsafe zmq_close(open) }
    unsafe pointer = nil
  }

  /// Sets an option that takes a number.
  package func set(_ option: Int32, to value: Int32) throws(TransportError) {
    var value = value
    guard unsafe zmq_setsockopt(pointer, option, &value, MemoryLayout<Int32>.size) == 0 else {
      throw .last(.socketOption, "ZeroMQ refused the value \(value)", context: "socket option \(option)")
    }
  }

  /// Sets an option that takes a number of bytes.
  func set(_ option: Int32, toSize value: Int64) throws(TransportError) {
    var value = value
    guard unsafe zmq_setsockopt(pointer, option, &value, MemoryLayout<Int64>.size) == 0 else {
      throw .last(.socketOption, "ZeroMQ refused the size \(value)", context: "socket option \(option)")
    }
  }

  /// Sets an option that takes bytes.
  package func set(_ option: Int32, to value: String) throws(TransportError) {
    let bytes = Array(value.utf8)
    guard unsafe zmq_setsockopt(pointer, option, bytes, bytes.count) == 0 else {
      throw .last(.socketOption, "ZeroMQ refused a value of \(bytes.count) bytes", context: "socket option \(option)")
    }
  }

  /// Listens on `endpoint`, such as `tcp://127.0.0.1:5555`; port 0 takes a free one.
  func bind(to endpoint: String) throws(TransportError) {
    guard unsafe zmq_bind(pointer, endpoint) == 0 else {
      throw .last(
        .binding, "the kernel cannot listen there; close what uses the address or take another", context: endpoint)
    }
  }

  /// Connects to `endpoint`.
  package func connect(to endpoint: String) throws(TransportError) {
    guard unsafe zmq_connect(pointer, endpoint) == 0 else {
      throw .last(.binding, "the address cannot be connected to", context: endpoint)
    }
  }

  /// The address that the socket listens on; empty where it listens on none.
  var boundEndpoint: String {
    var bytes = [CChar](repeating: 0, count: 512)
    var count = bytes.count
    guard unsafe zmq_getsockopt(pointer, ZMQ_LAST_ENDPOINT, &bytes, &count) == 0, count > 0 else { return "" }
    return String(decoding: bytes[..<(count - 1)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Asks `zmq_poll` to wait for input on this socket.
  var pollItem: zmq_pollitem_t {
    unsafe zmq_pollitem_t(socket: pointer, fd: 0, events: Int16(ZMQ_POLLIN), revents: 0)
  }

  /// Sends the frames of one message without waiting; false where the socket did not take it.
  @discardableResult
  package func send(_ frames: [[UInt8]]) -> Bool {
    for (index, frame) in frames.enumerated() {
      let flags = ZMQ_DONTWAIT | (index + 1 < frames.count ? ZMQ_SNDMORE : 0)
      var status: Int32
      repeat {
        status = unsafe zmq_send(pointer, frame, frame.count, flags)
      } while status < 0 && zmq_errno() == EINTR
      guard status >= 0 else { return false }
    }
    return true
  }

  /// The frames of the next message; nil where there is none, or, where it waits, when the context has been shut down.
  package func receive(waits: Bool = false) -> [[UInt8]]? {
    var frames: [[UInt8]] = []
    var message = zmq_msg_t()
    unsafe zmq_msg_init(&message)
    defer { unsafe zmq_msg_close(&message) }
    repeat {
      var status: Int32
      repeat {
        status = unsafe zmq_msg_recv(&message, pointer, waits ? 0 : ZMQ_DONTWAIT)
      } while status < 0 && zmq_errno() == EINTR
      guard status >= 0 else { return nil }
      let bytes = unsafe UnsafeRawBufferPointer(start: zmq_msg_data(&message), count: zmq_msg_size(&message))
      frames.append(unsafe Array(bytes))
    } while unsafe zmq_msg_more(&message) != 0
    return frames
  }
}
