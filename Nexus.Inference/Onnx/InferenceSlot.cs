using Microsoft.ML.OnnxRuntime;
using Nexus.Data;

namespace Nexus.Inference.Onnx;

/// <summary>
/// Tensors bound to a session for one call at a time: filling them and running allocates nothing while the shapes stay.
/// Rent it from <see cref="ModelSession.Rent"/> and give it back.
/// </summary>
public sealed class InferenceSlot : IDisposable
{
    private readonly ModelSession _session;
    private readonly OrtIoBinding _binding;
    private readonly InputBuffer[] _inputs;
    private readonly OutputBuffer[] _outputs;
    private int _outputRows = -1;

    internal InferenceSlot(ModelSession session)
    {
        _session = session;
        _binding = session.Inner.CreateIoBinding();
        _inputs = [.. session.Inputs.Select(port => new InputBuffer(port))];
        _outputs = [.. session.Outputs.Select(port => new OutputBuffer(port))];
    }

    /// <summary>In the session's order.</summary>
    public ReadOnlySpan<InputBuffer> Inputs => _inputs;

    /// <summary>In the session's order; filled by <see cref="Run"/>.</summary>
    public ReadOnlySpan<OutputBuffer> Outputs => _outputs;

    internal int PooledRows { get; init; }

    /// <summary>Gives every input that many rows; of use where <see cref="ModelSession.IsRowWise"/>.</summary>
    public void Prepare(int rows)
    {
        Span<long> shape = stackalloc long[8];
        for (var i = 0; i < _inputs.Length; i++)
        {
            var port = _inputs[i].Port.Shape;
            port.CopyTo(shape);
            shape[0] = rows;
            Prepare(i, shape[..port.Length]);
        }
    }

    /// <summary>Gives one input its shape. The caller has checked it against the port.</summary>
    public InputBuffer Prepare(int input, ReadOnlySpan<long> shape)
    {
        var buffer = _inputs[input];
        if (buffer.Take(shape)) _binding.BindInput(buffer.Port.Name, buffer.Value);
        return buffer;
    }

    /// <summary>Runs the model on what was filled in.</summary>
    /// <param name="rows">The common first dimension; any number where the model has no rows.</param>
    /// <exception cref="RefusedException">Invalid, where the model does not accept these values.</exception>
    public void Run(int rows)
    {
        BindOutputs(rows);
        try
        {
            _session.Inner.RunWithBinding(_session.RunOptions, _binding);
        }
        catch (OnnxRuntimeException e)
        {
            throw Refused.Invalid($"The model does not accept these inputs: {e.Message}");
        }

        if (!_session.ShapesKnown) AdoptOutputs();
    }

    public void Dispose()
    {
        foreach (var input in _inputs) input.Dispose();
        foreach (var output in _outputs) output.Dispose();
        _binding.Dispose();
    }

    private void BindOutputs(int rows)
    {
        if (_session.ShapesKnown)
        {
            if (rows == _outputRows) return;
            foreach (var output in _outputs)
            {
                output.Bind(rows);
                _binding.BindOutput(output.Port.Name, output.Value);
            }
        }
        else if (_outputRows != -2)
        {
            _binding.ClearBoundOutputs();
            foreach (var output in _outputs) _binding.BindOutputToDevice(output.Port.Name, OrtMemoryInfo.DefaultInstance);
            rows = -2;
        }
        else
        {
            return;
        }

        _outputRows = rows;
    }

    private void AdoptOutputs()
    {
        var values = _binding.GetOutputValues();
        for (var i = 0; i < _outputs.Length; i++) _outputs[i].Adopt(values[i]);
    }
}
