import JupyterMessaging
import Synchronization

/// Publishes busy and idle so that the last status a client sees is the kernel's true state.
///
/// Questions are answered while a cell runs, each with a busy and an idle of its own. Front ends take the newest status for
/// the kernel's, so such an idle, and that of a cell in one shell while another runs in a second one, is followed by another
/// busy of the running cell.
final class ActivityStatus: Sendable {
  private let outlet: MessageOutlet
  /// The headers of the requests whose cells run, newest last; one for each shell at most.
  private let running = Mutex<[(shell: String?, parent: [UInt8])]>([])

  init(outlet: MessageOutlet) {
    self.outlet = outlet
  }

  /// Publishes busy for the request that starts on the execution thread.
  func beginExecution(_ context: RequestContext) {
    let busy = context.status(.busy)
    running.withLock { running in
      running.append((context.subshellID, context.parent))
      outlet.transport.send([busy])
    }
  }

  /// Sends `reply` and idle for the request that ends on the execution thread.
  func endExecution(_ context: RequestContext, reply: OutgoingFrames) {
    var messages = [reply, context.status(.idle)]
    running.withLock { running in
      running.removeAll { $0.shell == context.subshellID }
      if let other = running.last { messages.append(outlet.encode(Status(.busy), parent: other.parent)) }
      outlet.transport.send(messages)
    }
  }

  /// Publishes busy for a request that is answered beside the execution thread.
  func beginQuestion(_ context: RequestContext) {
    outlet.transport.send([context.status(.busy)])
  }

  /// Sends `reply`, if there is one, and idle for a request that was answered beside the execution thread.
  func endQuestion(_ context: RequestContext, reply: OutgoingFrames?) {
    var messages = [context.status(.idle)]
    if let reply { messages.insert(reply, at: 0) }
    running.withLock { running in
      if let cell = running.last { messages.append(outlet.encode(Status(.busy), parent: cell.parent)) }
      outlet.transport.send(messages)
    }
  }
}
