namespace Entente.Server.Tests.Secrecy;

/// <summary>What a party tells only the engine, the chair or itself.</summary>
internal enum SecretKind
{
    WalkAway, Notes, Swings, Playbook, Answer, Caucus, Pulse, Confidence, Cost, Loss, Levels,
}

/// <summary>One sealed thing of one party, in two values.</summary>
internal sealed record Secret(SecretKind Kind, Seat Seat, object First, object Second)
{
    public static int Kinds => Enum.GetValues<SecretKind>().Length;

    /// <summary>What is told for the whole engagement, and so not for one table alone.</summary>
    public bool IsOfEngagement => Kind is SecretKind.Cost or SecretKind.Loss or SecretKind.Levels;

    /// <summary>Who knows it: what promises cost is accounting's and the provider's.</summary>
    public bool IsKnownTo(Seat seat) => seat == Seat || Kind is SecretKind.Cost && seat is Seat.Provider;

    public static Secret Draw(Random random, SecretKind? kind = null)
    {
        var what = kind ?? (SecretKind)random.Next(Kinds);
        Seat[] seats = what switch
        {
            SecretKind.Cost => [Seat.Accounting],
            SecretKind.Loss => [Seat.Customer],
            SecretKind.Levels => [Seat.Provider],
            SecretKind.Caucus or SecretKind.Pulse or SecretKind.Confidence => [Seat.Provider, Seat.Customer],
            _ => [Seat.Provider, Seat.Customer, Seat.Provider, Seat.Customer, Seat.Accounting, Seat.Stakeholder],
        };
        var (first, second) = Values(what, random);
        return new(what, seats[random.Next(seats.Length)], first, second);
    }

    private static (object First, object Second) Values(SecretKind kind, Random random)
    {
        Dictionary<string, int> swings = new()
        {
            ["availability"] = random.Next(100),
            ["restore"] = random.Next(100),
            ["charge"] = 1 + random.Next(99),
        };
        var walkAway = random.Next(40);
        var more = walkAway + 1 + random.Next(50);
        var (less, much) = (1_000 + random.Next(4_000), 5_000 + random.Next(4_000));
        return kind switch
        {
            SecretKind.WalkAway => (new { swings, walkAway }, new { swings, walkAway = more }),
            SecretKind.Notes => (new { swings, walkAway, notes = "short" },
                new { swings, walkAway, notes = new string('x', random.Next(1, 2000)) }),
            SecretKind.Swings => (new { swings, walkAway },
                new { swings = new Dictionary<string, int>(swings) { ["restore"] = random.Next(100) }, walkAway }),
            SecretKind.Playbook => (new { swings, walkAway, playbooks = Restore(random) },
                new { swings, walkAway, playbooks = Restore(random) }),
            SecretKind.Answer => ("first", "second"),
            SecretKind.Caucus => ("Yes", $"No, {new string('y', random.Next(1, 500))}"),
            SecretKind.Pulse => (new { mood = 1 + random.Next(2), trust = 1 + random.Next(2) },
                new { mood = 3 + random.Next(3), trust = 3 + random.Next(3) }),
            SecretKind.Cost => (Model(less), Model(much)),
            SecretKind.Loss => (new { costHour = $"EUR {less}" }, new { costHour = $"EUR {much}" }),
            SecretKind.Levels => (Levels(less), Levels(much)),
            _ => (true, false),
        };
    }

    private static object Restore(Random random) => new
    {
        restore = new { walkAway = $"{2 + random.Next(4)} h", clause = new string('c', random.Next(1, 200)) },
    };

    private static object Model(int amount) => new
    {
        model = new
        {
            currency = "EUR",
            lines = new object[]
            {
                new { name = "Second site", kind = "steps", term = "availability",
                    steps = new[] { new { from = "99.9 %", amount }, new { from = "99.95 %", amount = 2 * amount } } },
            },
        },
    };

    private static object Levels(int amount) => new { levels = $"availability 99.9 %: EUR {amount} a month" };
}
