import CZeroMQ

/// The state that the sockets of a process share.
///
/// Sendable because libzmq documents a context to be safe for use by several threads at once; the pointer never changes.
@safe
package final class ZeroMQContext: @unchecked Sendable {
  private let pointer: UnsafeMutableRawPointer

  package init() throws(TransportError) {
    guard let pointer = unsafe zmq_ctx_new() else {
      throw .last(.socketCreation, "ZeroMQ cannot start", context: "context")
    }
    unsafe self.pointer = unsafe pointer
  }

  /// Creates a socket of a type such as `ZMQ_ROUTER`.
  package func makeSocket(_ type: Int32) throws(TransportError) -> Socket {
    guard let socket = unsafe zmq_socket(pointer, type) else {
      throw .last(.socketCreation, "ZeroMQ refused a socket; raise the limit of open files", context: "socket")
    }
    return unsafe Socket(socket)
  }

  /// Makes every blocking call on the context's sockets return with an error.
  func shutdown() {
    unsafe zmq_ctx_shutdown(pointer)
  }

  /// Waits until all sockets are closed and what they hold is sent or has lingered long enough.
  func terminate() {
    while unsafe zmq_ctx_term(pointer) != 0 && zmq_errno() == EINTR {}
  }
}
