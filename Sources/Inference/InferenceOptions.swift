public import Graphs

/// How a graph is turned into an execution plan.
public struct InferenceOptions: Sendable {
  /// The instruction set of the microkernels; nil takes the best that the processor has, or the one that the
  /// environment variable OCTET_ISA names.
  public var instructionSet: InstructionSet?
  /// Values whose elements stay readable after a run, so nothing is fused across them.
  public var observed: Set<ValueID>

  /// Inputs and outputs of shape [N, C, H, W] that are fed and given as tensors of shape [N, H, W, C], the order in which
  /// plans keep them.
  public var channelsLast: Set<ValueID>

  public init(
    instructionSet: InstructionSet? = nil, observed: Set<ValueID> = [], channelsLast: Set<ValueID> = []
  ) {
    self.instructionSet = instructionSet
    self.observed = observed
    self.channelsLast = channelsLast
  }
}
