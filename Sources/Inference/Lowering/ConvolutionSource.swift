internal import Graphs
internal import Tensors

/// Weights and bias of a convolution or matrix product, as [columns][channels a group][taps].
struct ConvolutionSource {
  /// How the weights are given.
  enum Weights {
    case floats([Float])
    /// With one scale a column.
    case quantized([Int8], scales: [Float])
  }

  var weights: Weights
  /// One a column.
  var bias: [Float]
  var columns: Int
  /// Channels that one column reads.
  var channels: Int
  var taps: Int
  var groups: Int

  /// Where the weight of a tap and channel lies among those of a column; nil if it is 0, between merged pixels.
  func weightIndex(_ merged: MergedWindow?, tap: Int, channel: Int) -> Int? {
    guard let merged else { return channel * taps + tap }
    return merged.position(mergedChannel: channel).map { column, channel in
      channel * taps + tap * merged.geometry.kernelWidth + column
    }
  }

  /// Whether each column reads one channel, its own.
  var isDepthwise: Bool { channels == 1 && groups == columns && groups > 1 }

  /// int8 weights behind a DequantizeLinear, with one scale for all columns or one a column; none if sums of products with
  /// them may leave the range of int32.
  ///
  /// Zero points other than 0, as uint8 weights have them, are taken off where the differences are int8.
  /// - Parameter axis: the axis of the columns.
  static func quantizedWeights(_ value: ValueID?, axis: Int, in context: LoweringContext) -> (Tensor, [Float])? {
    guard let value, let index = context.producers[value], case let node = context.graph.nodes[index],
      let op = node.op as? DequantizeLinear, node.inputs.count >= 2, let given = context.graph.constant(node.inputs[0]),
      let scale = context.graph.constant(node.inputs[1]), given.shape.rank > axis
    else { return nil }
    let columns = given.shape[axis]
    let inner = given.shape.dimensions[(axis + 1)...].reduce(1, *)
    let scales = scale.floats
    let scaleAxis = op.axis < 0 ? op.axis + given.shape.rank : op.axis
    let zero = node.inputs.count > 2 ? node.inputs[2] : nil
    if let zero, context.graph.constant(zero) == nil { return nil }
    guard scales.count == 1 || (scaleAxis == axis && scales.count == columns),
      let tensor = withoutZeroPoints(
        given, zero.flatMap { context.graph.constant($0) }, columns: columns, inner: inner),
      case .int8(let elements) = tensor.elements, fitInt32(elements, columns: columns, inner: inner)
    else { return nil }
    return (tensor, scales.count == 1 ? [Float](repeating: scales[0], count: columns) : scales)
  }

  private static func withoutZeroPoints(_ tensor: Tensor, _ zero: Tensor?, columns: Int, inner: Int) -> Tensor? {
    let points = zero?.integers ?? [0]
    if tensor.elementType == .int8, points.allSatisfy({ $0 == 0 }) { return tensor }
    guard tensor.elementType == .uint8 || tensor.elementType == .int8, points.count == 1 || points.count == columns,
      let integers = tensor.integers
    else { return nil }
    var differences: [Int8] = []
    differences.reserveCapacity(integers.count)
    for (index, integer) in integers.enumerated() {
      let point = points.count == 1 ? points[0] : points[index / max(inner, 1) % columns]
      guard let difference = Int8(exactly: integer - point) else { return nil }
      differences.append(difference)
    }
    return try? Tensor(shape: tensor.shape, differences)
  }

  /// Whether the sum of a column's products with differences of uint8 numbers is an int32 whatever these are.
  ///
  /// - Parameter inner: the number of neighbouring weights that belong to one column.
  private static func fitInt32(_ weights: [Int8], columns: Int, inner: Int) -> Bool {
    guard columns > 0, weights.count / columns > Int(Int32.max) / (255 * 128) else { return true }
    var sums = [Int](repeating: 0, count: columns)
    for (index, weight) in weights.enumerated() { sums[index / inner % columns] += abs(Int(weight)) }
    return sums.allSatisfy { $0 <= Int(Int32.max) / 255 }
  }
}

/// What follows a convolution and is computed with it.
struct ConvolutionEpilogue {
  /// The value that the step gives.
  var output: ValueID
  /// The quantization of the output; nil for floats.
  var quantization: TensorQuantization?
  var activation: Activation
  /// A value that is added before the activation.
  var residual: ValueID?
  /// The nodes that are computed besides the convolution.
  var nodes: [Int]
  var names: [String]
}

extension LoweringContext {
  /// Looks for a residual Add and a QuantizeLinear behind a node that can take them into its own step.
  ///
  /// - Parameter takesSum: whether the node's step can add another tensor.
  /// - Returns: nil if the Add's other operand is not computed yet: the node must wait.
  func epilogue(
    of node: Node, activation: Activation, quantized: Bool, takesSum: Bool = true
  ) throws(InferenceError) -> ConvolutionEpilogue? {
    guard let output = node.outputs.first ?? nil else {
      throw InferenceError(.unsupportedGraph, "the output is left out")
    }
    var result = ConvolutionEpilogue(
      output: output, quantization: nil, activation: activation, residual: nil, nodes: [], names: [])
    if quantized, let next = soleQuantizer(of: output) {
      result.output = next.output
      result.quantization = next.parameters
      result.nodes = [next.node]
      return result
    }
    guard takesSum, activation == .identity, let index = soleConsumer(of: output), case let sum = graph.nodes[index],
      let add = sum.op as? Add, sum.inputs.count == 2, let sumOutput = sum.outputs.first ?? nil,
      let other = sum.inputs[0] == output ? sum.inputs[1] : sum.inputs[0], other != output,
      graph.type(of: other)?.shape == graph.type(of: output)?.shape, constant(other) == nil
    else { return result }
    if quantized {
      guard let next = soleQuantizer(of: sumOutput), let producer = producers[other],
        graph.nodes[producer].op is DequantizeLinear
      else { return result }
      guard quantizedSource(of: other) != nil else { return nil }
      result = ConvolutionEpilogue(
        output: next.output, quantization: next.parameters, activation: add.activation, residual: other,
        nodes: [index, next.node], names: [sum.name])
      return result
    }
    guard isPlaced(other) else { return nil }
    return ConvolutionEpilogue(
      output: sumOutput, quantization: nil, activation: add.activation, residual: other, nodes: [index],
      names: [sum.name])
  }

  /// Appends the step of a convolution or matrix product on channels-last data.
  mutating func appendConvolution(
    _ name: String, node: Node, source: ConvolutionSource, geometry: WindowGeometry, input: ValueID,
    outputShape: Shape, epilogue: ConvolutionEpilogue
  ) throws(InferenceError) {
    let operation =
      ([name] + (epilogue.residual == nil ? [] : ["Add"])
      + (epilogue.activation == .identity ? [] : [epilogue.activation.shortName])).joined(separator: "+")
    let names = [node.name] + epilogue.names
    if case .quantized(let weights, let scales) = source.weights, let value = quantizedSource(of: input),
      !source.isDepthwise || epilogue.quantization != nil
    {
      try appendQuantized(
        operation, names, source, weights, scales, geometry, value, outputShape: outputShape, epilogue: epilogue)
    } else {
      let weights: [Float]
      switch source.weights {
      case .floats(let floats): weights = floats
      case .quantized(let integers, let scales):
        let size = source.channels * source.taps
        weights = integers.indices.map { Float(integers[$0]) * scales[$0 / max(size, 1)] }
      }
      try appendFloat(
        operation, names, source, weights, geometry, input, outputShape: outputShape, epilogue: epilogue)
    }
    for index in epilogue.nodes { claim(index) }
  }

  private mutating func appendQuantized(
    _ operation: String, _ names: [String], _ source: ConvolutionSource, _ weights: [Int8], _ scales: [Float],
    _ window: WindowGeometry, _ input: QuantizedValue, outputShape: Shape, epilogue: ConvolutionEpilogue
  ) throws(InferenceError) {
    let target = epilogue.quantization
    let output = allocate(.channelsLast(target == nil ? .float32 : .uint8, outputShape), for: epilogue.output)
    var geometry = window
    geometry.inputStride = input.location.layout.pixelStride
    geometry.outputStride = output.layout.pixelStride
    let zero = Int(input.parameters.zeroPoint)
    let size = source.channels * source.taps
    let residual = epilogue.residual.flatMap { quantizedSource(of: $0) }
    let outputScale = Double(target?.scale ?? 1)
    let residualScale = residual.map { Float(Double($0.parameters.scale) / outputScale) } ?? 0
    let residualOffset = residual.map { Double($0.parameters.zeroPoint) * Double(residualScale) } ?? 0
    let scale = scales.map { Float(Double(input.parameters.scale) * Double($0) / outputScale) }
    let offset = source.bias.map { Float(Double($0) / outputScale + Double(target?.zeroPoint ?? 0) - residualOffset) }
    var initial = [Int32](repeating: 0, count: source.columns)
    for column in 0..<source.columns {
      var sum = 0
      for index in column * size..<(column + 1) * size { sum += Int(weights[index]) }
      initial[column] = Int32(clamping: -zero * sum)
    }
    let (lower, upper): (Float, Float) =
      target.map { $0.bounds(epilogue.activation) }
      ?? {
        let bounds = epilogue.activation.bounds
        return (bounds.lower ?? -.infinity, bounds.upper ?? .infinity)
      }()
    let taps = source.taps
    if source.isDepthwise, let microkernel = DepthwiseMicrokernelU8.best(set, geometry) {
      var transposed = [Int8](repeating: 0, count: weights.count)
      for column in 0..<source.columns {
        for tap in 0..<taps { transposed[tap * source.columns + column] = weights[column * taps + tap] }
      }
      let constants = try microkernel.pack(
        taps: taps, channels: source.columns, weights: transposed, initial: initial, scale: scale, offset: offset)
      append(
        DepthwiseStepU8(
          nodes: names, operation: operation, microkernel: microkernel, constants: constants, geometry: geometry,
          channels: source.columns, zeroPoint: UInt8(clamping: input.parameters.zeroPoint), input: input.location,
          output: output, lower: lower, upper: upper))
    } else {
      let groupColumns = source.columns / source.groups
      guard
        let microkernel = GEMMMicrokernelU8.best(
          set, rows: geometry.outputPixels, columns: groupColumns, depth: taps * source.channels)
      else {
        throw InferenceError(.unsupportedInstructionSet, "there is no uint8 microkernel for \(set.rawValue)")
      }
      let merged = source.groups == 1 ? MergedWindow(geometry, channels: source.channels, elementByteCount: 1) : nil
      var groups: [ConvolutionStepU8.Group] = []
      for group in 0..<source.groups {
        let first = group * groupColumns
        let packed = try PackedWeights.u8(
          kernel: microkernel, columns: groupColumns, taps: merged == nil ? taps : geometry.kernelHeight,
          channels: merged?.channels ?? source.channels, initial: { initial[first + $0] },
          weight: { column, tap, channel in
            source.weightIndex(merged, tap: tap, channel: channel).map { weights[(first + column) * size + $0] } ?? 0
          })
        let range = first..<first + groupColumns
        groups.append(
          .init(
            packed: packed, scale: try PackedWeights.columns(Array(scale[range]), nr: microkernel.nr),
            offset: try PackedWeights.columns(Array(offset[range]), nr: microkernel.nr)))
      }
      let padding = try AlignedBuffer(
        [UInt8](repeating: UInt8(clamping: input.parameters.zeroPoint), count: (source.channels + 3) / 4 * 4 + 64))
      append(
        ConvolutionStepU8(
          nodes: names, operation: operation, microkernel: microkernel, groups: groups, geometry: geometry,
          merged: merged, channels: source.channels, columns: groupColumns, input: input.location, padding: padding,
          output: output,
          outputIsFloat: target == nil, residual: residual?.location, residualScale: residualScale, lower: lower,
          upper: upper,
          isBounded: GEMMMicrokernelU8.isBounded(scale: scale, offset: offset, residualScale: residualScale)))
    }
    if let target { place(epilogue.output, quantized: output, target) } else { place(epilogue.output, at: output) }
  }

  private mutating func appendFloat(
    _ operation: String, _ names: [String], _ source: ConvolutionSource, _ weights: [Float], _ window: WindowGeometry,
    _ input: ValueID, outputShape: Shape, epilogue: ConvolutionEpilogue
  ) throws(InferenceError) {
    let place = try channelsLast(input)
    var residual: Location?
    if let value = epilogue.residual { residual = try channelsLast(value) }
    let output = allocate(.channelsLast(.float32, outputShape), for: epilogue.output)
    var geometry = window
    geometry.inputStride = place.layout.pixelStride
    geometry.outputStride = output.layout.pixelStride
    let bounds = epilogue.activation.bounds
    let (lower, upper) = (bounds.lower ?? -.infinity, bounds.upper ?? .infinity)
    let size = source.channels * source.taps
    let taps = source.taps
    if source.isDepthwise, let microkernel = DepthwiseMicrokernelF32.best(set) {
      let padded = (source.columns + 15) / 16 * 16
      var transposed = [Float](repeating: 0, count: padded * taps)
      for column in 0..<source.columns {
        for tap in 0..<taps { transposed[tap * padded + column] = weights[column * taps + tap] }
      }
      append(
        DepthwiseStepF32(
          nodes: names, operation: operation, microkernel: microkernel, weights: try AlignedBuffer(transposed),
          bias: try AlignedBuffer(source.bias, padding: 64), geometry: geometry, channels: source.columns, input: place,
          output: output, lower: lower, upper: upper))
    } else if source.groups == 1,
      let tile = WinogradStepF32.tile(for: geometry, channels: source.channels, columns: source.columns),
      let transforms = WinogradMicrokernelF32.best(set, tile: tile),
      let product = GEMMMicrokernelF32.best(set, rows: transforms.tileCount(geometry), columns: source.columns)
    {
      append(
        WinogradStepF32(
          nodes: names, operation: operation, transforms: transforms, product: product,
          packed: try transforms.pack(weights, for: product, channels: source.channels, columns: source.columns),
          bias: try AlignedBuffer(source.bias), geometry: geometry, channels: source.channels, columns: source.columns,
          input: place, output: output, residual: residual, lower: lower, upper: upper))
    } else {
      let groupColumns = source.columns / source.groups
      guard let microkernel = GEMMMicrokernelF32.best(set, rows: geometry.outputPixels, columns: groupColumns) else {
        throw InferenceError(.unsupportedInstructionSet, "there is no float microkernel for \(set.rawValue)")
      }
      let merged = source.groups == 1 ? MergedWindow(geometry, channels: source.channels, elementByteCount: 4) : nil
      var groups: [AlignedBuffer] = []
      for group in 0..<source.groups {
        let first = group * groupColumns
        groups.append(
          try PackedWeights.f32(
            kernel: microkernel, columns: groupColumns, taps: merged == nil ? taps : geometry.kernelHeight,
            channels: merged?.channels ?? source.channels, initial: { source.bias[first + $0] },
            weight: { column, tap, channel in
              source.weightIndex(merged, tap: tap, channel: channel).map { weights[(first + column) * size + $0] } ?? 0
            }))
      }
      append(
        ConvolutionStepF32(
          nodes: names, operation: operation, microkernel: microkernel, groups: groups, geometry: geometry,
          merged: merged, channels: source.channels, columns: groupColumns, input: place,
          padding: try AlignedBuffer(byteCount: (source.channels + 16) * 4), output: output, residual: residual,
          lower: lower, upper: upper))
    }
    self.place(epilogue.output, at: output)
  }
}

extension Activation {
  /// One word for tables, as `ReLU6`.
  var shortName: String {
    switch self {
    case .identity: "Identity"
    case .relu: "ReLU"
    case .clip(let lower, let upper): lower == 0 && upper == 6 ? "ReLU6" : "Clip"
    }
  }
}
