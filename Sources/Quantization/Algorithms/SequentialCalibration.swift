import Graphs
import Inference
import Tensors

/// Weights and biases chosen layer by layer, on what the quantized layers before give.
///
/// In the order of the graph, each layer's weights are rounded with error feedback on its quantized inputs, and its bias
/// makes up for what their rounding still does to the mean output. Then the layer is run, and where its mean output after
/// the activation differs from the floating-point network's on the same samples, its bias is shifted once more. The
/// results between two layers are kept for all samples, as integers, so that each layer runs twice: measured, and done.
struct SequentialCalibration {
  /// The samples to run.
  var samples: [Int]
  /// The layers in the original graph, in its order.
  var sources: [WeightedLayer]
  /// The original graph.
  var original: Graph
  /// For each layer, the mean of each channel of the floating-point network's output; empty if biases are left alone.
  var wantedMeans: [[Double]]
  /// Whether weights are rounded anew.
  var hasErrorFeedback: Bool
  var threads: Int
  /// What an earlier run has chosen.
  var stages: any QuantizationStages
  var isCancelled: () -> Bool

  private var runner: SegmentRunner {
    SegmentRunner(sampleCount: samples.count, threads: threads, isCancelled: isCancelled)
  }

  /// What all results kept at one time may take, in bytes.
  static let memoryLimit = 512 << 20

  /// Chooses the weights and biases of a quantized graph.
  ///
  /// - Throws: `QuantizationError.noSamples` if a sample cannot be read again, `CancellationError`, `GraphError`,
  ///   `InferenceError`, what reading a sample throws.
  func run(
    _ quantized: inout QuantizedGraph, calibration: CalibrationSamples, progress: (Double, String) -> Void
  ) throws {
    let (inputs, nodeCount) = (quantized.graph.inputs, quantized.graph.nodes.count)
    // Each layer was chosen on what those before it give, so only a row of layers from the first on is of use.
    var kept: [KeptLayer] = []
    while kept.count < quantized.layers.count, let layer: KeptLayer = stages.value(of: Self.stage(kept.count)) {
      kept.append(layer)
    }
    guard kept.count < quantized.layers.count else {
      for (index, layer) in kept.enumerated() { try quantized.restore(layer, at: index) }
      return
    }
    var live = try readInputs(inputs, calibration)
    var start = 0
    for (index, layer) in quantized.layers.enumerated() {
      let name = quantized.graph.nodes[layer.node].name
      progress(Double(index) / Double(quantized.layers.count), "rounding “\(name)”")
      let before = try GraphSegment(quantized.graph, nodes: start..<layer.node, rest: layer.node..<nodeCount)
      if !before.results.isEmpty {
        for (value, tensors) in try runner.compute(before, live) { live[value] = tensors }
      }
      start = layer.node
      try SegmentRunner.keepOnly(readBy: start..<nodeCount, of: quantized.graph, in: &live)
      if kept.indices.contains(index) {
        try quantized.restore(kept[index], at: index)
        continue
      }
      var segment = try GraphSegment(
        quantized.graph, nodes: layer.node..<layer.node + 1, rest: layer.node + 1..<layer.node + 1)
      try chooseWeights(of: index, &quantized, input: segment.feeds.first, live)
      defer { stages.keep(quantized.kept(at: index), of: Self.stage(index)) }
      guard !wantedMeans.isEmpty else { continue }
      segment = try GraphSegment(
        quantized.graph, nodes: layer.node..<layer.node + 1, rest: layer.node + 1..<layer.node + 1)
      // There is no microkernel that gives floats for depthwise layers on integers.
      let weights = quantized.weights[index].rounded
      segment.simplifyLastNode(weights: layer.groups > 1 ? try Tensor(shape: weights.shape, weights.reals) : nil)
      quantized.correctBias(of: index, by: try measure(segment, live).shifts(to: wantedMeans[index]))
    }
  }

  /// The name of the stage that chooses a layer's weights and bias.
  private static func stage(_ layer: Int) -> String { "layer \(layer)" }

  /// Rounds a layer's weights with error feedback, and makes up for what their rounding does to the mean output.
  private func chooseWeights(
    of index: Int, _ quantized: inout QuantizedGraph, input: GraphSegment.Crossing?, _ live: [ValueID: [Tensor]]
  ) throws {
    guard let input, let parameters = input.parameters, let stored = live[input.stored] else { return }
    let zeroPoint = UInt8(clamping: parameters.zeroPoints[0])
    if hasErrorFeedback, let rows = InputRows(sources[index], in: original) {
      let threads = threads
      let known =
        rows.channels == 1 && rows.groups > 1
        ? try InputCovariance.ofSingleChannels(
          rows, stored: stored, zeroPoint: zeroPoint, threads: threads, isCancelled: isCancelled) : nil
      try quantized.roundWeights(of: index, threads: threads, isCancelled: isCancelled) { group in
        let covariance =
          try known?[group]
          ?? InputCovariance(rows, group: group, stored: stored, zeroPoint: zeroPoint, threads: threads)
        return covariance.flatMap { ErrorFeedbackRounding($0) }
      }
    }
    guard !wantedMeans.isEmpty else { return }
    let means = try channelMeans(stored, parameters)
    let (exact, rounded) = quantized.weights[index]
    quantized.correctBias(
      of: index,
      by: FastBiasCorrection.shifts(sources[index], weights: exact.floats, quantized: rounded, means: means))
  }

  /// The mean of each channel over all samples, each with the same weight.
  private func channelMeans(_ stored: [Tensor], _ parameters: QuantizationParameters) throws -> [Double] {
    guard let channels = stored.first?.shape.dimensions.last, channels > 0 else { return [] }
    let loop = SampleLoop(sampleCount: stored.count, threads: threads, isCancelled: isCancelled)
    var sums = [Int](repeating: 0, count: channels)
    var count = 0
    try loop.run(
      makeWorker: {
        { range, finish in
          var block = [Int](repeating: 0, count: channels)
          for case .uint8(let integers) in stored[range].map(\.elements) {
            for (channel, sum) in try ByteSums.ofChannels(integers, channels: channels).enumerated() {
              block[channel] += sum
            }
            try finish()
          }
          return block
        }
      }, progress: { _ in },
      merge: { (block: [Int]) in
        for (channel, sum) in block.enumerated() { sums[channel] += sum }
      })
    for case .uint8(let integers) in stored.map(\.elements) { count += integers.count / channels }
    let (scale, zero) = (Double(parameters.scales[0]), Double(parameters.zeroPoints[0]))
    return sums.map { (Double($0) / Double(max(count, 1)) - zero) * scale }
  }

  /// How many samples fit the memory limit: by the largest sum of what is computed before a node and read by it or later.
  static func sampleLimit(_ graph: Graph, _ placement: QuantizerPlacement) -> Int {
    sampleLimit(graph) { placement.quantizedValues.contains($0) ? 1 : nil }
  }

  /// How many samples fit the memory limit with so many bytes an element.
  static func sampleLimit(_ graph: Graph, elementSize: Int) -> Int { sampleLimit(graph) { _ in elementSize } }

  private static func sampleLimit(_ graph: Graph, _ elementSize: (ValueID) -> Int?) -> Int {
    func byteCount(_ value: ValueID) -> Int {
      guard let type = graph.type(of: value), graph.constant(value) == nil else { return 0 }
      return type.shape.elementCount * (elementSize(value) ?? type.elementType.byteCount)
    }
    var last: [ValueID: Int] = [:]
    for (index, node) in graph.nodes.enumerated() {
      for case let input? in node.inputs { last[input] = index }
    }
    var kept = graph.inputs.reduce(0) { $0 + byteCount($1) }
    var largest = max(kept, 1)
    for (index, node) in graph.nodes.enumerated() {
      for case let output? in node.outputs where last[output] != nil { kept += byteCount(output) }
      largest = max(largest, kept)
      for case let input? in Set(node.inputs) where last[input] == index { kept -= byteCount(input) }
    }
    return max(memoryLimit / largest, 1)
  }

  private func readInputs(_ inputs: [ValueID], _ calibration: CalibrationSamples) throws -> [ValueID: [Tensor]] {
    var live: [ValueID: [Tensor]] = [:]
    let samples = samples
    let loop = SampleLoop(sampleCount: samples.count, threads: threads, isCancelled: isCancelled)
    try loop.run(
      makeWorker: {
        { range, finishSample in
          var block: [[Tensor]] = []
          for sample in samples[range] {
            guard let tensors = try calibration.tensors(sample), tensors.count == inputs.count else {
              throw QuantizationError(
                .noSamples, "sample \(sample + 1) could be read once, but not a second time",
                remedy: "leave the calibration data unchanged while it is used")
            }
            block.append(tensors)
            try finishSample()
          }
          return block
        }
      }, progress: { _ in },
      merge: { (block: [[Tensor]]) in
        for tensors in block {
          for (input, tensor) in zip(inputs, tensors) { live[input, default: []].append(tensor) }
        }
      })
    return live
  }

  /// The means of the output of a segment's last node, over all samples.
  private func measure(_ segment: GraphSegment, _ live: [ValueID: [Tensor]]) throws -> ActivatedMeans {
    guard let node = segment.graph.nodes.last, let output = node.outputs.first ?? nil else {
      throw QuantizationError(.invalidGraph, "a part of the network without a layer was to be measured")
    }
    let isDepthwise = (node.op as? Conv).map { $0.group > 1 } ?? false
    let plan = try ExecutionPlan(
      segment.graph,
      options: InferenceOptions(
        instructionSet: isDepthwise ? .forCalibration : nil, observed: [output], channelsLast: segment.channelsLast))
    var total = ActivatedMeans(segment.activation)
    try runner.run(segment, plan, live, makePartial: { ActivatedMeans(segment.activation) }) { executor, block in
      guard executor.withObserved(output, { block.add($0) }) == true else {
        throw QuantizationError(.nonFiniteValue, "the quantized layer does not give finite numbers", node: node.name)
      }
    } merge: {
      total.merge($0)
    }
    return total
  }
}
