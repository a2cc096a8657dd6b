internal import Tensors

/// Joins steps whose intermediate tensors would be written to a far cache and read back.
enum StripFusion {
  /// Tensors smaller than this stay in a cache near the processor by themselves.
  private static let smallestWideTensor = 512 * 1024

  /// The steps, with every depthwise convolution that works on a large tensor joined with the projection after it and,
  /// if there is one, the expansion before it.
  ///
  /// - Parameter kept: buffers that are read after the run.
  static func fuse(_ steps: [any PlanStep], kept: Set<Int>) -> [any PlanStep] {
    let readers = steps.readerCounts
    var writers: [Int: Int] = [:]
    for step in steps {
      for location in step.writes { writers[location.buffer, default: 0] += 1 }
    }
    func isPassing(_ location: Location) -> Bool {
      readers[location.buffer] == 1 && writers[location.buffer] == 1 && !kept.contains(location.buffer)
    }
    var result: [any PlanStep] = []
    var index = 0
    while index < steps.count {
      guard let depthwise = steps[index] as? any DepthwiseStage, index + 1 < steps.count,
        let project = steps[index + 1] as? any PointwiseStage, project.isPointwise,
        project.input == depthwise.output, project.residual?.buffer != depthwise.output.buffer,
        isPassing(depthwise.output), depthwise.geometry.meetsInput
      else {
        result.append(steps[index])
        index += 1
        continue
      }
      var expand: (any PointwiseStage)?
      if let before = result.last as? any PointwiseStage, before.isPointwise, before.residual == nil,
        before.output == depthwise.input, isPassing(before.output)
      {
        expand = before
      }
      let widest = max(depthwise.output.layout.byteCount, expand == nil ? 0 : depthwise.input.layout.byteCount)
      guard widest >= Self.smallestWideTensor else {
        result.append(steps[index])
        index += 1
        continue
      }
      if expand != nil { result.removeLast() }
      result.append(StripChainStep(expand: expand, depthwise: depthwise, project: project))
      index += 2
    }
    return result
  }
}
