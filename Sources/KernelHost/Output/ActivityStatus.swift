import JupyterMessaging
import Synchronization

/// Publishes busy and idle so that the last status a client sees is the kernel's true state.
///
/// Questions are answered while a cell runs, each with a busy and an idle of its own. Front ends take the newest status for
/// the kernel's, so such an idle is followed by another busy of the running cell.
final class ActivityStatus: Sendable {
  private let outlet: MessageOutlet
  private let runningParent = Mutex<[UInt8]?>(nil)

  init(outlet: MessageOutlet) {
    self.outlet = outlet
  }

  /// Publishes busy for the request that starts on the execution thread.
  func beginExecution(_ context: RequestContext) {
    let busy = context.status(.busy)
    runningParent.withLock { parent in
      parent = context.parent
      outlet.transport.send([busy])
    }
  }

  /// Sends `reply` and idle for the request that ends on the execution thread.
  func endExecution(_ context: RequestContext, reply: OutgoingFrames) {
    let messages = [reply, context.status(.idle)]
    runningParent.withLock { parent in
      parent = nil
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
    runningParent.withLock { parent in
      if let parent { messages.append(outlet.encode(Status(.busy), parent: parent)) }
      outlet.transport.send(messages)
    }
  }
}
