import Dispatch
import JupyterMessaging
import KernelHost
import Synchronization

/// Carries frames between a kernel and a client in the same process.
final class InMemoryTransport: Transport {
  private enum Event: Sendable {
    case frames([[UInt8]], Channel)
    case interrupt
    case stop
  }

  private let incoming = Mutex<[Event]>([])
  private let arrival = DispatchSemaphore(value: 0)
  private let outgoing = Mutex<[OutgoingFrames]>([])
  private let departure = DispatchSemaphore(value: 0)

  func run(_ receiver: any TransportReceiver) {
    while true {
      arrival.wait()
      switch incoming.withLock({ $0.removeFirst() }) {
      case .frames(let frames, let channel): receiver.receive(frames, on: channel)
      case .interrupt: receiver.receiveInterrupt()
      case .stop: return
      }
    }
  }

  func send(_ messages: [OutgoingFrames]) {
    outgoing.withLock { $0 += messages }
    for _ in messages { departure.signal() }
  }

  func stop() {
    take(.stop)
  }

  func deliver(_ frames: [[UInt8]], on channel: Channel) {
    take(.frames(frames, channel))
  }

  func deliverInterrupt() {
    take(.interrupt)
  }

  /// The next message that the kernel sent; nil where none comes within `seconds`.
  func next(within seconds: Double) -> OutgoingFrames? {
    guard departure.wait(timeout: .now() + seconds) == .success else { return nil }
    return outgoing.withLock { $0.removeFirst() }
  }

  private func take(_ event: Event) {
    incoming.withLock { $0.append(event) }
    arrival.signal()
  }
}
