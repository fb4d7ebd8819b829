using System.IO.Compression;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Entente.Server.Time;

/// <summary>Keeps questions that cost computing within bounds: size of the input, time, and how many run at once.</summary>
public sealed class WorkRoom : IDisposable
{
    public const int IntervalsMost = 100_000;

    private const int FileBytesMost = 256 * 1024 * 1024;
    private static readonly TimeSpan _timeMost = TimeSpan.FromSeconds(120);

    private readonly SemaphoreSlim _places = new(Math.Max(1, Environment.ProcessorCount / 2));

    /// <summary>Runs a computation when there is room, off the request's thread; it asks now and then whether to go on.</summary>
    /// <exception cref="BadInputException">It took longer than allowed.</exception>
    public async Task<T> Run<T>(HttpContext http, Func<Action, T> work)
    {
        await _places.WaitAsync(http.RequestAborted);
        try
        {
            using var ends = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
            ends.CancelAfter(_timeMost);
            var token = ends.Token;
            return await Task.Run(() => work(token.ThrowIfCancellationRequested), CancellationToken.None);
        }
        catch (OperationCanceledException) when (!http.RequestAborted.IsCancellationRequested)
        {
            throw new BadInputException("$", "work.too_long",
                $"This took longer than {_timeMost.TotalSeconds} s and was stopped: ask for less, or use the command line.");
        }
        finally
        {
            _places.Release();
        }
    }

    /// <summary>Reads a JSON body of at most so many bytes.</summary>
    public static Task<T> Body<T>(HttpContext http, long bytesMost = 4 * 1024 * 1024)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = bytesMost;
        return Inputs.Body<T>(http);
    }

    /// <summary>A document inside a body: text of a YAML or JSON file, or the JSON itself.</summary>
    public static string Document(JsonElement value, string path) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Object or JsonValueKind.Array => value.GetRawText(),
        _ => throw new BadInputException(path, "document.missing", "expected an object, or the text of a YAML or JSON file"),
    };

    /// <summary>Unpacks gzip up to a bound, so that a small file cannot fill the memory.</summary>
    public static byte[] Unpacked(byte[] file, string name)
    {
        if (file is not [0x1f, 0x8b, ..]) return file;
        using var packed = new GZipStream(new MemoryStream(file, writable: false), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        var buffer = new byte[1 << 16];
        try
        {
            for (int read; (read = packed.Read(buffer)) > 0;)
            {
                if (plain.Length + read > FileBytesMost)
                    throw new BadInputException(name, "work.too_large",
                        $"unpacked, the file is larger than {FileBytesMost / 1024 / 1024} MB: use the command line");
                plain.Write(buffer, 0, read);
            }
        }
        catch (InvalidDataException)
        {
            throw new BadInputException(name, "ticket.gzip", "The gzip file is damaged.");
        }

        return plain.ToArray();
    }

    public void Dispose() => _places.Dispose();
}
