using Entente.Server.Identity;
using Entente.Storage.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Entente.Cli.Example;

/// <summary>A clock that the story moves, so that each move is recorded at its own time.</summary>
public sealed class StoryClock : IClock
{
    private readonly Instant _present;
    private Instant _now;

    public StoryClock(Instant present) => _present = _now = present;

    public Instant GetCurrentInstant() => _now;

    public void MoveTo(LocalDate day, int hour) => _now = day.At(new LocalTime(hour, 0)).InUtc().ToInstant();

    public void Forward(int days = 0, int hours = 0) =>
        _now = Instant.Min(_now + Duration.FromDays(days) + Duration.FromHours(hours), _present);

    public void MoveToPresent() => _now = _present;
}

/// <summary>The invented people of the example, one for each seat.</summary>
public sealed class ExampleCast : IAsyncDisposable
{
    private const string Organisation = "org_example";

    private static readonly (string Id, string Name, Seat Seat)[] _people =
    [
        ("per_example_chair", "Anna Niklas", Seat.ServiceLevelManager),
        ("per_example_provider", "Pavel Ito", Seat.Provider),
        ("per_example_customer", "Mara Okafor", Seat.Customer),
        ("per_example_accounting", "Fiona Imre", Seat.Accounting),
        ("per_example_stakeholder", "Sami Halonen", Seat.Stakeholder),
    ];

    private readonly Dictionary<Seat, Client> _clients;

    private ExampleCast(StoryClock clock, Dictionary<Seat, Client> clients) => (Clock, _clients) = (clock, clients);

    public StoryClock Clock { get; }

    public Client Chair => _clients[Seat.ServiceLevelManager];

    public Client Provider => _clients[Seat.Provider];

    public Client Customer => _clients[Seat.Customer];

    public Client Accounting => _clients[Seat.Accounting];

    public Client OnCall => _clients[Seat.Stakeholder];

    public IEnumerable<(string Person, Seat Seat)> Seats => _people.Skip(1).Select(person => (person.Id, person.Seat));

    public IEnumerable<string> Stakeholders => _people.Skip(1).Select(person => person.Id);

    public static async Task<bool> IsLoaded(PeopleStore people) => (await people.ExamplePeople()).Count > 0;

    public static async Task<ExampleCast> Assemble(WebApplication server, StoryClock clock)
    {
        var people = server.Services.GetRequiredService<PeopleStore>();
        await people.AddOrganisation(Organisation, "The example");
        foreach (var (id, name, _) in _people)
        {
            var email = $"{name.ToLowerInvariant().Replace(' ', '.')}@example.invalid";
            await people.AddPerson(new Person
            {
                Id = id,
                Organisation = Organisation,
                Name = name,
                Email = email,
                NormalizedEmail = email.ToUpperInvariant(),
                SecurityStamp = Secrets.NewSecret("stamp"),
                IsExample = true,
            });
        }

        return new(clock, _people.ToDictionary(person => person.Seat, person => Client.Of(server, person.Id)));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients.Values) await client.DisposeAsync();
    }
}
